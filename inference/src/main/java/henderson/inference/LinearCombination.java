package henderson.inference;

import henderson.api.Fit;
import henderson.api.HendersonException;
import org.jspecify.annotations.Nullable;

/**
 * A linear combination of fixed effects, {@code cᵀβ + constant}, with its normal test of being zero and its interval.
 *
 * @param estimate      its value
 * @param standardError {@code √(cᵀ Var(β̂) c)}, or null where that is not positive
 * @param statistic     estimate divided by standard error, or null
 * @param pValue        two-sided, or null
 * @param lower         end of the interval, or null
 * @param upper         end of the interval, or null
 */
public record LinearCombination(
        double estimate,
        @Nullable Double standardError,
        @Nullable Double statistic,
        @Nullable Double pValue,
        @Nullable Double lower,
        @Nullable Double upper) {

    /**
     * A combination.
     *
     * @param weights  c, one for each fixed effect
     * @param constant added
     * @param level    confidence level in percent
     * @throws HendersonException for a wrong number of weights, or a level outside 10 to 99.99
     */
    public static LinearCombination of(Fit fit, double[] weights, double constant, double level) {
        requireLength(fit, weights);
        Summary.requireLevel(level);
        double estimate = constant;
        double variance = 0;
        for (int j = 0; j < weights.length; j++) {
            estimate += weights[j] == 0 ? 0 : weights[j] * fit.beta()[j];
            for (int k = 0; k < weights.length; k++) {
                boolean none = weights[j] == 0 || weights[k] == 0;
                variance += none ? 0 : weights[j] * fit.betaCovariance().get(j, k) * weights[k];
            }
        }
        double se = Math.sqrt(variance);
        if (!(se > 0) || Double.isInfinite(se)) {
            return new LinearCombination(estimate, null, null, null, null, null);
        }
        double z = new Intervals(level).quantile();
        double statistic = estimate / se;
        return new LinearCombination(
                estimate, se, statistic, Intervals.pValue(statistic), estimate - z * se, estimate + z * se);
    }

    /**
     * The joint Wald test that several combinations are zero. Combinations that follow from others are left out of the
     * degrees of freedom.
     *
     * @param weights   one row a combination, each with one number for each fixed effect
     * @param constants one for each combination
     * @throws HendersonException where the combinations contradict each other, or have a wrong length
     */
    public static WaldTest joint(Fit fit, double[][] weights, double[] constants) {
        if (weights.length == 0 || constants.length != weights.length) {
            throw new HendersonException("A joint test of " + weights.length + " combinations has " + constants.length
                    + " constants; it needs one for each, and at least one.");
        }
        for (double[] row : weights) {
            requireLength(fit, row);
        }
        return JointTest.of(fit, weights, constants);
    }

    private static void requireLength(Fit fit, double[] weights) {
        if (weights.length != fit.beta().length) {
            throw new HendersonException("A linear combination has " + weights.length + " weights; the fit has "
                    + fit.beta().length + " fixed effects.");
        }
    }
}
