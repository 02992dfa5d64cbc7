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

    /** {@code log μ} and three derivatives; NaN where μ is not positive. Modified. */
    default void logMean(double eta, double[] out) {
        complement(eta, out);
        double rest = out[0];
        mean(eta, out);
        logarithm(out, rest);
    }

    /** {@code log(1 − μ)} and three derivatives; NaN where μ is not below one. Modified. */
    default void logComplement(double eta, double[] out) {
        mean(eta, out);
        double rest = out[0];
        complement(eta, out);
        logarithm(out, rest);
    }

    /** A positive function with derivatives becomes its logarithm; {@code rest} is one minus its value. */
    private static void logarithm(double[] out, double rest) {
        double a = out[1] / out[0];
        double b = out[2] / out[0];
        double c = out[3] / out[0];
        out[0] = Math.abs(rest) < 0.5 ? Math.log1p(-rest) : Math.log(out[0]);
        out[1] = a;
        out[2] = b - a * a;
        out[3] = c - 3 * a * b + 2 * a * a * a;
    }

    /**
     * Variance of a latent variable that is above zero with probability {@code μ(η)}, its mean being η: the residual variance
     * of intraclass correlations. NaN where the link is no such threshold.
     */
    default double latentVariance() {
        return Double.NaN;
    }

    /** Whether {@code η} is possible. */
    default boolean inDomain(double eta) {
        return true;
    }
}
