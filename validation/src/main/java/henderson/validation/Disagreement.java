package henderson.validation;

import henderson.api.Fit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Two fits of one model by different estimators, compared in the units of a certificate. */
final class Disagreement {
    /** A certificate bounds the error of a parameter by 1e-6 standard errors; two fits may be apart by more than twice that. */
    private static final double STANDARD_ERRORS = 1e-5;

    private Disagreement() {}

    /** Where two fits are further apart than their certificates allow, in words; null where they agree. */
    static @Nullable String of(Fit a, Fit b) {
        double logLikelihood = Math.abs(a.logLikelihood() - b.logLikelihood());
        if (!(logLikelihood <= 1e-7 + 1e-12 * Math.abs(a.logLikelihood()))) {
            return sentence(a, b, "log-likelihood", a.logLikelihood(), b.logLikelihood(), logLikelihood, "");
        }
        for (int j = 0; j < a.beta().length; j++) {
            double se = Math.sqrt(a.betaCovariance().get(j, j));
            double apart = Math.abs(a.beta()[j] - b.beta()[j]) / se;
            if (!(apart <= STANDARD_ERRORS)) {
                return sentence(
                        a, b, a.model().fixedNames().get(j), a.beta()[j], b.beta()[j], apart, " standard errors");
            }
        }
        for (int k = 0; k < a.parameters().size(); k++) {
            Fit.Parameter p = a.parameters().get(k);
            double other = b.parameters().get(k).estimate();
            double se = Math.sqrt(a.parameterCovariance().get(k, k));
            double apart = p.boundary() ? Math.abs(other) : Math.abs(p.estimate() - other) / se;
            boolean unknown = !p.boundary() && Double.isNaN(se);
            if (!unknown && !(apart <= (p.boundary() ? 0 : STANDARD_ERRORS))) {
                return sentence(a, b, p.name(), p.estimate(), other, apart, " standard errors");
            }
        }
        return null;
    }

    private static String sentence(Fit a, Fit b, String what, double one, double other, double apart, String unit) {
        return String.format(
                Locale.ROOT,
                "%s and %s disagree on %s: %s and %s, %.1e%s apart",
                a.estimator(),
                b.estimator(),
                what,
                one,
                other,
                apart,
                unit);
    }
}
