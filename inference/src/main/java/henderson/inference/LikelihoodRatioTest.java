package henderson.inference;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The model against the linear model without random effects and with independent residuals of one variance.
 *
 * @param statistic twice the difference of log-likelihoods, never negative
 * @param df        number of variance parameters added
 * @param pValue    halved where {@code mixture}; otherwise conservative, since variances cannot be negative
 * @param mixture   whether the reference is the half-and-half mixture of a point mass at zero and chi-squared with one
 *                  degree of freedom, {@code chibar2(01)}: exactly one variance and nothing else is added
 */
public record LikelihoodRatioTest(double statistic, int df, double pValue, boolean mixture) {

    /** Log-likelihoods are sums of n terms: below this part of them a difference is rounding. */
    private static final double ROUNDING = 1e-12;

    /**
     * The test.
     *
     * @param logLikelihood of the model
     * @param nullLogLikelihood of the linear model
     * @param df            variance parameters added, ≥ 1
     * @param mixture       whether exactly one variance is added
     */
    static LikelihoodRatioTest of(double logLikelihood, double nullLogLikelihood, int df, boolean mixture) {
        double difference = 2 * (logLikelihood - nullLogLikelihood);
        double statistic = difference <= ROUNDING * Math.abs(nullLogLikelihood) ? 0 : difference;
        return new LikelihoodRatioTest(statistic, df, pValue(statistic, df, mixture), mixture);
    }

    private static double pValue(double statistic, int df, boolean mixture) {
        if (statistic == 0) {
            return 1;
        }
        double tail = ChiSquaredDistribution.of(df).survivalProbability(statistic);
        return mixture ? tail / 2 : tail;
    }

    /** {@code chibar2(01)} or {@code chi2(k)}. */
    public String distribution() {
        return mixture ? "chibar2(01)" : "chi2(" + df + ")";
    }
}
