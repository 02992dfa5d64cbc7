package henderson.inference;

import henderson.api.Fit;

/**
 * AIC and BIC, counted as Stata counts: every fixed effect and every variance parameter is one, under REML too, and the
 * sample size is the number of observations.
 *
 * @param observations  n
 * @param logLikelihood ℓ, restricted under REML
 * @param parameters    k
 * @param aic           {@code −2ℓ + 2k}
 * @param bic           {@code −2ℓ + k log n}
 */
public record InformationCriteria(long observations, double logLikelihood, int parameters, double aic, double bic) {
    /** Those of a summary. */
    public static InformationCriteria of(Summary summary) {
        Fit fit = summary.fit();
        return new InformationCriteria(
                summary.observations(), fit.logLikelihood(), fit.parameterCount(), summary.aic(), summary.bic());
    }
}
