package henderson.glmm.family;

import henderson.api.BoundFamily;
import henderson.api.Coordinate;
import henderson.api.Family;
import henderson.api.Link;
import henderson.api.Natural;
import henderson.api.Scale;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Normal with variance {@code σ²/w}, {@code σ² = θ²}, w the precision weight, as in a linear model. */
public final class Gaussian implements Family {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    @Override
    public String name() {
        return "gaussian";
    }

    @Override
    public String canonicalLink() {
        return "identity";
    }

    @Override
    public BoundFamily bind(Response y, Link link) {
        Responses.requireNumbers(y, name());
        Responses.require(y, Double::isFinite, "is not a number", null);
        return new Bound(y, link);
    }

    private static final class Bound implements BoundFamily {
        private static final ThreadLocal<double[]> SCRATCH = ThreadLocal.withInitial(() -> new double[4]);

        private final List<Coordinate> own;
        private final double[] y;
        /** Precision weights, n, or null. */
        private final double @Nullable [] precision;
        /** How often a row counts, n, or null. */
        private final double @Nullable [] frequencies;

        private final Link link;
        private final double start;

        Bound(Response response, Link link) {
            this.y = response.values();
            this.precision = Responses.weights(response);
            this.frequencies = response.frequencies();
            this.link = link;
            double[] m = Responses.moments(y);
            this.start = m[0];
            Natural natural = new Natural("sigma2", -1, -1, List.of(), Scale.LOG);
            double sd = m[1] > 0 ? Math.sqrt(m[1]) : 1;
            own = List.of(new Coordinate("sigma2", false, sd, new double[0], natural, t -> t * t));
        }

        @Override
        public List<Coordinate> auxiliaries() {
            return own;
        }

        @Override
        public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
            double[] m = SCRATCH.get();
            int n = eta.length;
            double theta = phi[0];
            double inverse = 1 / (theta * theta);
            if (!(inverse > 0 && inverse <= Double.MAX_VALUE)) {
                return false;
            }
            double logScale = Math.log(Math.abs(theta)) + LOG_TWO_PI / 2;
            for (int i = from; i < to; i++) {
                if (!link.inDomain(eta[i])) {
                    return false;
                }
                link.mean(eta[i], m);
                double e = y[i] - m[0];
                double f = Responses.at(frequencies, i);
                double w = Responses.at(precision, i);
                double c = f * w * inverse;
                double value = f * (Math.log(w) / 2 - logScale) - c * e * e / 2;
                if (!(value >= -Double.MAX_VALUE)) {
                    return false;
                }
                double slope = c * e * m[1];
                double curve = c * (e * m[2] - m[1] * m[1]);
                out[i] = value;
                out[4 * n + i] = (c * e * e - f) / theta;
                if (order > 0) {
                    out[n + i] = slope;
                    out[5 * n + i] = -2 * slope / theta;
                }
                if (order > 1) {
                    out[2 * n + i] = curve;
                    out[6 * n + i] = -2 * curve / theta;
                }
                if (order > 2) {
                    out[3 * n + i] = c * (e * m[3] - 3 * m[1] * m[2]);
                }
            }
            return true;
        }

        @Override
        public double fisher(int i, double eta, double[] phi) {
            double[] m = SCRATCH.get();
            link.mean(eta, m);
            return Responses.at(frequencies, i) * m[1] * m[1] / variance(i, eta, phi);
        }

        @Override
        public double startEta(int i) {
            double eta = link.eta(y[i]);
            return link.inDomain(eta) && Double.isFinite(eta) ? eta : otherStart();
        }

        /** For a value that is no mean under this link. */
        private double otherStart() {
            double eta = link.eta(start);
            return link.inDomain(eta) && Double.isFinite(eta) ? eta : link.inDomain(0) ? 0 : 1;
        }

        @Override
        public double mean(int i, double eta, double[] phi) {
            double[] m = SCRATCH.get();
            link.mean(eta, m);
            return m[0];
        }

        @Override
        public double variance(int i, double eta, double[] phi) {
            return phi[0] * phi[0] / Responses.at(precision, i);
        }

        @Override
        public double draw(int i, double eta, double[] phi, RandomGenerator random) {
            return mean(i, eta, phi) + Math.sqrt(variance(i, eta, phi)) * random.nextGaussian();
        }

        @Override
        public double deviance(int i, double eta, double[] phi) {
            double e = y[i] - mean(i, eta, phi);
            return Responses.at(frequencies, i) * Responses.at(precision, i) * e * e;
        }

        @Override
        public double anscombe(int i, double eta, double[] phi) {
            return y[i] - mean(i, eta, phi);
        }
    }
}
