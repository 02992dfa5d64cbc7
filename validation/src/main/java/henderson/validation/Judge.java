package henderson.validation;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides on one figure by the rule of its case. */
final class Judge {
    private static final Map<Quantity, String> TRUSTED = Map.of(
            Quantity.LOG_LIKELIHOOD, "logLik",
            Quantity.FIXED, "fixed",
            Quantity.FIXED_SE, "se",
            Quantity.VARIANCE, "varcomp",
            Quantity.VARIANCE_SE, "varcomp",
            Quantity.SIGMA2, "sigma2",
            Quantity.EFFECT, "blup",
            Quantity.EFFECT_SD, "blup_sd",
            Quantity.ROBUST_SE, "cluster_robust");

    private final ReferenceCase reference;
    private final boolean secondOpinion;

    /** Judges the fit of a case by the default estimator, or by another one. */
    Judge(ReferenceCase reference, boolean secondOpinion) {
        this.reference = reference;
        this.secondOpinion = secondOpinion;
    }

    /** A figure; {@code got} null where ours has none. */
    Check figure(Quantity quantity, String name, BigDecimal expected, @Nullable Double got, double scale) {
        double digits = got == null ? 0 : Digits.of(expected, got, scale);
        return reference.rule() == Agreement.PRINTED
                ? printed(quantity, name, expected, got, digits, scale)
                : computed(quantity, name, expected, got, digits);
    }

    private Check computed(Quantity quantity, String name, BigDecimal expected, @Nullable Double got, double digits) {
        double trusted = trusted(quantity);
        double demanded = DemandedDigits.of(reference.rule(), quantity, trusted, secondOpinion);
        boolean agrees = got != null && (digits >= demanded || higher(quantity, expected, got));
        return new Check(
                quantity, name, expected.toPlainString(), written(got), Math.min(digits, trusted), demanded, agrees);
    }

    /**
     * Whether a log-likelihood of a generalized model is higher than the reference's: by the same rule of integration, so that
     * the reference stopped short of the maximum.
     */
    private boolean higher(Quantity quantity, BigDecimal expected, double got) {
        return quantity == Quantity.LOG_LIKELIHOOD
                && reference.integrated() != null
                && Double.isFinite(got)
                && new BigDecimal(got).compareTo(expected) > 0;
    }

    /** Standard errors of a generalized model are those of all parameters jointly, and share their digits. */
    private double trusted(Quantity quantity) {
        double own = reference.trusted().getOrDefault(TRUSTED.get(quantity), 0.0);
        boolean joint = reference.integrated() != null && quantity == Quantity.VARIANCE_SE;
        return joint ? Math.min(own, reference.trusted().getOrDefault(TRUSTED.get(Quantity.FIXED_SE), 0.0)) : own;
    }

    private static Check printed(
            Quantity quantity, String name, BigDecimal expected, @Nullable Double got, double digits, double scale) {
        double tolerance = DemandedDigits.tolerance(quantity, expected, scale);
        double demanded = Math.max(0, -Math.log10(tolerance / scale));
        double shown = Math.min(digits, Math.max(demanded, Digits.significant(expected)));
        boolean agrees = got != null && digits >= demanded;
        return new Check(quantity, name, expected.toPlainString(), written(got), shown, demanded, agrees);
    }

    /** The log-likelihood of a fit against 32 digits at the same parameters. */
    static Check extended(double expected, double got, double scale) {
        double demanded = DemandedDigits.of(Agreement.DIGITS, Quantity.EXTENDED, Digits.CAP, false);
        double digits = Digits.of(new BigDecimal(expected), got, scale);
        return new Check(
                Quantity.EXTENDED,
                "logLik",
                Double.toString(expected),
                written(got),
                digits,
                demanded,
                digits >= demanded);
    }

    /** Something that is equal or not. */
    static Check fact(String name, String expected, String got) {
        boolean agrees = expected.equals(got);
        return new Check(Quantity.FACT, name, expected, got, agrees ? Digits.CAP : 0, Digits.CAP, agrees);
    }

    private static String written(@Nullable Double got) {
        return got == null ? "absent" : Double.toString(got);
    }
}
