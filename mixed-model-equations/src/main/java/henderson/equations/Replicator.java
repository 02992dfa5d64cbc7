package henderson.equations;

import java.util.random.RandomGenerator;

/**
 * Draws a response from a fitted model and fits the model to it: the workspace of one thread. What a replicate gives depends
 * on its random numbers alone, not on those before it.
 */
public interface Replicator {
    /** How many numbers a replicate has: fixed effects, natural variance parameters, log-likelihood. */
    int size();

    /**
     * One replicate.
     *
     * @param random its own stream
     * @param out    fixed effects of the columns as given, natural parameters in the order of the fit's, log-likelihood; NaN
     *               where it failed. Modified.
     */
    Outcome replicate(RandomGenerator random, double[] out);

    /** How the fit of a replicate ended. */
    enum Ending {
        /** At an optimum with all parameters inside. */
        INSIDE,
        /** At an optimum with a parameter on its boundary. */
        BOUNDARY,
        /** Without an optimum; no numbers. */
        FAILED
    }

    /**
     * How a replicate ended.
     *
     * @param reason why it failed, otherwise empty
     */
    record Outcome(Ending ending, String reason) {
        /** Inside. */
        public static final Outcome INSIDE = new Outcome(Ending.INSIDE, "");
        /** On the boundary. */
        public static final Outcome BOUNDARY = new Outcome(Ending.BOUNDARY, "");

        /** Failed. */
        public static Outcome failed(String reason) {
            return new Outcome(Ending.FAILED, reason);
        }
    }
}
