package henderson.inference;

import org.jspecify.annotations.Nullable;

/**
 * What the replicates say of one quantity. Numbers that are not known are null.
 *
 * @param kind          what it is
 * @param name          unique, such as {@code sd(Subject:Days)}
 * @param group         grouping factor of a random term, {@code Residual}, or null
 * @param label         its name beside others of its group, such as {@code sd(Days)}
 * @param estimate      that of the data
 * @param hessianError  standard error of the data's fit, or null where it has none
 * @param undefined     replicates that were fitted and do not have it: a correlation with a variance of zero
 * @param mean          of the replicates
 * @param bias          mean less estimate
 * @param standardError standard deviation of the replicates
 * @param percentile    quantiles of the replicates
 * @param basic         the same reflected at the estimate
 * @param normal        estimate less bias, and normal quantiles of the standard error
 */
public record BootstrapQuantity(
        Kind kind,
        String name,
        @Nullable String group,
        String label,
        double estimate,
        @Nullable Double hessianError,
        int undefined,
        @Nullable Double mean,
        @Nullable Double bias,
        @Nullable Double standardError,
        @Nullable Interval percentile,
        @Nullable Interval basic,
        @Nullable Interval normal) {

    /** Kinds of quantities. */
    public enum Kind {
        /** A fixed effect. */
        FIXED,
        /** A variance or covariance. */
        VARIANCE,
        /** The same as standard deviation or correlation. */
        STANDARD,
        /** Any other parameter of the random part or the family. */
        OTHER,
        /** The maximum of the log-likelihood. */
        LOG_LIKELIHOOD
    }

    /** Both ends of an interval. */
    public record Interval(double lower, double upper) {}
}
