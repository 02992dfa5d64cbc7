package henderson.inference;

import org.jspecify.annotations.Nullable;

/**
 * A fixed effect.
 *
 * @param name          name of its column
 * @param estimate      its value
 * @param standardError square root of its variance, or null where it is not known
 * @param statistic     estimate divided by standard error, or null
 * @param df            denominator degrees of freedom, or null for a normal statistic
 * @param pValue        two-sided, or null
 * @param lower         end of the interval, or null
 * @param upper         end of the interval, or null
 */
public record Coefficient(
        String name,
        double estimate,
        @Nullable Double standardError,
        @Nullable Double statistic,
        @Nullable Double df,
        @Nullable Double pValue,
        @Nullable Double lower,
        @Nullable Double upper) {}
