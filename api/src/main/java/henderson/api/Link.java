package henderson.api;

/**
 * A link function: {@code η = g(μ)}. Derivatives are with respect to η; arrays of four hold value and three derivatives.
 */
public interface Link {
    /** The name it is registered under, such as {@code logit}. */
    String name();

    /** {@code g(μ)}. */
    double eta(double mu);

    /** {@code μ} and three derivatives. {@code out} is modified. */
    void mean(double eta, double[] out);

    /** {@code 1 − μ} and three derivatives, without cancellation where the link overrides it. Modified. */
    default void complement(double eta, double[] out) {
        mean(eta, out);
        out[0] = 1 - out[0];
        for (int i = 1; i < 4; i++) {
            out[i] = -out[i];
        }
    }

    /** Whether {@code η} is possible. */
    default boolean inDomain(double eta) {
        return true;
    }
}
