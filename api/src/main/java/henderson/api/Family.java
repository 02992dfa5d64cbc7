package henderson.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A distribution of the response; with a {@link Link} it makes the model of one observation. */
public interface Family {
    /** The name it is registered under, such as {@code binomial}. */
    String name();

    /** Other names it answers to. */
    default List<String> aliases() {
        return List.of();
    }

    /** Name of the link used when none is asked for. */
    String canonicalLink();

    /**
     * Binds a response and a link.
     *
     * @throws HendersonException when the response cannot come from this family, with the reason
     */
    BoundFamily bind(Response response, Link link);

    /** Whether the linear predictor may have an intercept (an ordinal family has cut points instead). */
    default boolean intercept() {
        return true;
    }

    /** Whether a response counts successes of trials, and may be written {@code cbind(successes, failures)}. */
    default boolean countsSuccesses() {
        return false;
    }

    /** Whether a response may be a factor. */
    default boolean takesFactor() {
        return false;
    }

    /**
     * A response as read.
     *
     * @param name        for messages
     * @param values      one per row; codes for a categorical one
     * @param trials      binomial denominators, or null
     * @param weights     precision weights, &gt; 0, or null
     * @param levels      labels of the codes, or null for a numeric response
     * @param frequencies how often each row counts, or null: every number of the log density is multiplied
     * @param rows        number of each row in the data, the first being 1, or null when that is its index plus one
     */
    record Response(
            String name,
            double[] values,
            double @Nullable [] trials,
            double @Nullable [] weights,
            String @Nullable [] levels,
            double @Nullable [] frequencies,
            long @Nullable [] rows) {

        /** Without frequencies; rows are numbered from 1. */
        public Response(
                String name,
                double[] values,
                double @Nullable [] trials,
                double @Nullable [] weights,
                String @Nullable [] levels) {
            this(name, values, trials, weights, levels, null, null);
        }

        /** Number of row {@code i} in the data, the first being 1. */
        public long row(int i) {
            return rows == null ? i + 1L : rows[i];
        }
    }
}
