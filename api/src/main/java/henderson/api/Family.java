package henderson.api;

import org.jspecify.annotations.Nullable;

/** A distribution of the response; with a {@link Link} it makes the model of one observation. */
public interface Family {
    /** The name it is registered under, such as {@code binomial}. */
    String name();

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

    /**
     * A response as read.
     *
     * @param name      for messages
     * @param values    one per row; codes for a categorical one
     * @param trials    binomial denominators, or null
     * @param weights   precision or case weights, or null
     * @param levels    labels of the codes, or null for a numeric response
     */
    record Response(
            String name,
            double[] values,
            double @Nullable [] trials,
            double @Nullable [] weights,
            String @Nullable [] levels) {}
}
