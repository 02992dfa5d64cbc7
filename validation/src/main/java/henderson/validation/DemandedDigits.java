package henderson.validation;

import java.math.BigDecimal;

/**
 * How many digits each figure must agree in. The only place that says so; the reasons are in {@code docs/adr/0006}.
 *
 * <p>An estimator stops at a Newton decrement of 1e-12, which bounds the error of every parameter by 1e-6 of its standard
 * error (theory (37)); the default one goes on to rounding. The log-likelihood is flat at the optimum and has more. A second
 * derivative has fewer digits than what it is derived from.
 */
final class DemandedDigits {
    private DemandedDigits() {}

    /**
     * The demand on a figure.
     *
     * @param trusted       digits the reference has
     * @param secondOpinion whether the fit is by another estimator than the default one
     */
    static double of(Agreement rule, Quantity quantity, double trusted, boolean secondOpinion) {
        double promised =
                secondOpinion ? certified(quantity) : rule == Agreement.EXACT ? exact(quantity) : computed(quantity);
        return Math.min(trusted, promised);
    }

    /** The default estimator polishes its optimum down to rounding: all that the reference is trusted for. */
    private static double computed(Quantity quantity) {
        return switch (quantity) {
            case EXTENDED -> 12;
            case LOG_LIKELIHOOD, FIXED, SIGMA2, FIXED_SE, ROBUST_SE, VARIANCE, EFFECT, EFFECT_SD -> Digits.CAP;
            case VARIANCE_SE -> 9;
            case FIXED_LIMIT, VARIANCE_LIMIT, TEST -> 6;
            case FACT -> Digits.CAP;
        };
    }

    /** What a certificate alone promises, an error below 1e-6 standard errors, and a little room. */
    private static double certified(Quantity quantity) {
        return switch (quantity) {
            case EXTENDED -> 12;
            case LOG_LIKELIHOOD -> 11;
            case FIXED, SIGMA2, FIXED_SE, ROBUST_SE, VARIANCE, VARIANCE_SE, EFFECT, EFFECT_SD -> 5;
            case FIXED_LIMIT, VARIANCE_LIMIT, TEST -> 6;
            case FACT -> Digits.CAP;
        };
    }

    /** One-way layouts whose solution is a formula: as good as double arithmetic on shifted columns, theory (45). */
    private static double exact(Quantity quantity) {
        return switch (quantity) {
            case FIXED, VARIANCE, SIGMA2 -> 13;
            case LOG_LIKELIHOOD, FIXED_SE, ROBUST_SE, EXTENDED -> 12;
            case EFFECT, EFFECT_SD -> 10;
            case VARIANCE_SE, FIXED_LIMIT, VARIANCE_LIMIT, TEST -> 6;
            case FACT -> Digits.CAP;
        };
    }

    /**
     * The error that a printed figure leaves open: 1.5 units of its last digit, or how far from the optimum the program
     * that printed it stops.
     *
     * @param scale the larger of the estimate and its standard error
     */
    static double tolerance(Quantity quantity, BigDecimal printed, double scale) {
        return Math.max(1.5 * Digits.lastUnit(printed), stoppingError(quantity) * scale);
    }

    /** Relative to the scale of the estimate: how far printed estimates are from the optimum that was found since. */
    private static double stoppingError(Quantity quantity) {
        return switch (quantity) {
            case FIXED, FIXED_SE, ROBUST_SE -> 5e-6;
            case VARIANCE, VARIANCE_SE, SIGMA2 -> 2e-5;
            // an end of an interval has the error of the estimate and 1.96 times that of the standard error
            case FIXED_LIMIT -> (1 + 1.96) * 5e-6;
            case VARIANCE_LIMIT -> (1 + 1.96) * 2e-5;
            case LOG_LIKELIHOOD, EXTENDED, TEST, EFFECT, EFFECT_SD, FACT -> 0;
        };
    }
}
