package henderson.glmm.family;

import henderson.api.BoundFamily;
import henderson.api.Link;
import org.jspecify.annotations.Nullable;

/**
 * A response whose mean is positive, with at most one parameter of its own: the log density as a function of {@code λ = log
 * μ}, brought to η by the link's logarithm (theory (96)). With the log link that is λ itself.
 */
abstract class PositiveMean implements BoundFamily {
    private static final ThreadLocal<double[]> SCRATCH = ThreadLocal.withInitial(() -> new double[16]);

    /** Response, n. */
    final double[] y;
    /** What each row's log density is multiplied by, n, or null. */
    final double @Nullable [] weights;

    final Link link;
    private final boolean log;

    PositiveMean(double[] y, double @Nullable [] weights, Link link) {
        this.y = y;
        this.weights = weights;
        this.link = link;
        this.log = link instanceof Log;
    }

    /**
     * Log density of row {@code i}, weight apart.
     *
     * @param d ℓ and three λ-derivatives, then the derivatives of ℓ, ℓ′, ℓ″ in the own parameter. Modified.
     */
    abstract void density(int i, double lambda, double mu, double[] phi, double[] d);

    /** Expected information about λ, weight apart. */
    abstract double information(double mu, double[] phi);

    /** Whether the own parameters are possible. */
    boolean possible(double[] phi) {
        return true;
    }

    @Override
    public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
        if (!possible(phi)) {
            return false;
        }
        double[] d = SCRATCH.get();
        int n = eta.length;
        int own = phi.length == 0 ? 0 : Math.min(order, 2) + 1;
        for (int i = from; i < to; i++) {
            if (!row(i, eta[i], phi, d)) {
                return false;
            }
            double w = weights == null ? 1 : weights[i];
            for (int r = 0; r <= order; r++) {
                out[r * n + i] = w * d[r];
            }
            for (int r = 0; r < own; r++) {
                out[(4 + r) * n + i] = w * d[4 + r];
            }
        }
        return true;
    }

    /** The seven numbers of a row in η. */
    private boolean row(int i, double eta, double[] phi, double[] d) {
        if (log) {
            double mu = Math.exp(eta);
            if (!(mu <= Double.MAX_VALUE)) {
                return false;
            }
            density(i, eta, mu, phi, d);
        } else if (!chained(i, eta, phi, d)) {
            return false;
        }
        double size = Math.abs(d[0]) + Math.abs(d[2]) + (phi.length == 0 ? 0 : Math.abs(d[4]) + Math.abs(d[5]));
        return size <= Double.MAX_VALUE;
    }

    private boolean chained(int i, double eta, double[] phi, double[] d) {
        if (!link.inDomain(eta)) {
            return false;
        }
        link.logMean(eta, d);
        double l0 = d[0];
        double l1 = d[1];
        double l2 = d[2];
        double l3 = d[3];
        double mu = Math.exp(l0);
        if (!(mu > 0 && mu <= Double.MAX_VALUE)) {
            return false;
        }
        density(i, l0, mu, phi, d);
        d[3] = d[3] * l1 * l1 * l1 + 3 * d[2] * l1 * l2 + d[1] * l3;
        d[2] = d[2] * l1 * l1 + d[1] * l2;
        d[1] = d[1] * l1;
        d[6] = d[6] * l1 * l1 + d[5] * l2;
        d[5] = d[5] * l1;
        return true;
    }

    @Override
    public double fisher(int i, double eta, double[] phi) {
        double[] d = SCRATCH.get();
        link.logMean(eta, d);
        return Responses.at(weights, i) * information(Math.exp(d[0]), phi) * d[1] * d[1];
    }

    @Override
    public double startEta(int i) {
        return link.eta(Math.max(y[i], 0.25));
    }

    @Override
    public double mean(int i, double eta, double[] phi) {
        return mean(eta);
    }

    final double mean(double eta) {
        double[] d = SCRATCH.get();
        link.mean(eta, d);
        return d[0];
    }
}
