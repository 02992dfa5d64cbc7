package henderson.inference;

import org.jspecify.annotations.Nullable;

/**
 * A variance parameter, or a standard deviation or correlation made of some.
 *
 * @param name          as reports write it: {@code var(week)}, {@code cov(a,b)}, {@code sd(Residual)}, {@code phi1}
 * @param level         level it belongs to where a structure has several sets of parameters, or null
 * @param estimate      its value
 * @param standardError by the observed information, or null on a boundary and where it is not known
 * @param lower         end of the interval, or null
 * @param upper         end of the interval, or null
 * @param boundary      whether it is on its boundary
 */
public record Estimate(
        String name,
        @Nullable String level,
        double estimate,
        @Nullable Double standardError,
        @Nullable Double lower,
        @Nullable Double upper,
        boolean boundary) {

    /** Estimate divided by standard error, or null. */
    public @Nullable Double statistic() {
        return standardError == null || standardError == 0 ? null : (Double) (estimate / standardError);
    }

    /** Two-sided, of {@link #statistic()}, or null. */
    public @Nullable Double pValue() {
        Double z = statistic();
        return z == null ? null : (Double) Intervals.pValue(z);
    }
}
