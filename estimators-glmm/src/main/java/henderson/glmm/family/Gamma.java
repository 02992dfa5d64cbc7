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

/** Positive numbers of variance {@code φμ²}, {@code φ = θ²} the dispersion, 1/φ the shape (theory (120)). */
public final class Gamma implements Family {
    @Override
    public String name() {
        return "gamma";
    }

    @Override
    public String canonicalLink() {
        return "log";
    }

    @Override
    public BoundFamily bind(Response y, Link link) {
        Responses.requireNumbers(y, name());
        Responses.require(
                y,
                v -> v > 0 && v <= Double.MAX_VALUE,
                "is not a positive number, as a gamma response is",
                "Maybe leave such rows out with --where, or the family should be gaussian or poisson.");
        return new Bound(y.values(), Responses.multipliers(y), link);
    }

    private static final class Bound extends PositiveMean {
        /** What depends on the shape k alone: a constant of ℓ and its derivative. */
        private record Shape(double theta, double k, double constant, double slope) {
            static Shape of(double theta) {
                double k = 1 / (theta * theta);
                return new Shape(
                        theta,
                        k,
                        Math.log(k / (2 * Math.PI)) / 2 - Numbers.stirling(k),
                        1 / (2 * k) - Numbers.stirlingSlope(k));
            }
        }

        private final List<Coordinate> own;
        /** log y, n. */
        private final double[] logs;
        /** For the last θ. Threads that race make it twice, alike. */
        private volatile Shape shape = Shape.of(1);

        Bound(double[] y, double @Nullable [] weights, Link link) {
            super(y, weights, link);
            logs = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                logs[i] = Math.log(y[i]);
            }
            double[] m = Responses.moments(y);
            double start = Math.sqrt(Math.max(1e-6, Math.min(m[1] / (m[0] * m[0]), 100)));
            Natural natural = new Natural("dispersion", -1, -1, List.of(), Scale.LOG);
            own = List.of(new Coordinate("dispersion", false, start, new double[0], natural, t -> t * t));
        }

        @Override
        public List<Coordinate> auxiliaries() {
            return own;
        }

        @Override
        boolean possible(double[] phi) {
            double shape = 1 / (phi[0] * phi[0]);
            return shape > 0 && shape <= Double.MAX_VALUE;
        }

        @Override
        void density(int i, double lambda, double mu, double[] phi, double[] d) {
            Shape at = shape(phi[0]);
            double k = at.k;
            double z = logs[i] - lambda;
            double excess = Math.expm1(z); // y/μ − 1
            double gap = gap(z, excess);
            d[0] = k * gap + at.constant - logs[i];
            d[1] = k * excess;
            d[2] = -k * (1 + excess);
            d[3] = k * (1 + excess);
            double chain = -2 * k / phi[0];
            d[4] = chain * (gap + at.slope);
            d[5] = chain * excess;
            d[6] = -chain * (1 + excess);
        }

        private Shape shape(double theta) {
            Shape known = shape;
            if (known.theta != theta) {
                known = Shape.of(theta);
                shape = known;
            }
            return known;
        }

        /** {@code log(y/μ) − y/μ + 1}. */
        private static double gap(double z, double excess) {
            return Math.abs(excess) < 0.4 ? Numbers.log1pmx(excess) : z - excess;
        }

        @Override
        double information(double mu, double[] phi) {
            return 1 / (phi[0] * phi[0]);
        }

        @Override
        public double startEta(int i) {
            return link.eta(y[i]);
        }

        @Override
        public double variance(int i, double eta, double[] phi) {
            double spread = phi[0] * mean(eta);
            return spread * spread;
        }

        @Override
        public double draw(int i, double eta, double[] phi, RandomGenerator random) {
            double dispersion = phi[0] * phi[0];
            return Math.max(Double.MIN_NORMAL, Draws.gamma(1 / dispersion, dispersion * mean(eta), random));
        }

        @Override
        public double deviance(int i, double eta, double[] phi) {
            double z = logs[i] - Math.log(mean(eta));
            return 2 * Responses.at(weights, i) * Math.max(0, -gap(z, Math.expm1(z)));
        }

        @Override
        public double anscombe(int i, double eta, double[] phi) {
            return 3 * (Math.cbrt(y[i] / mean(eta)) - 1);
        }
    }
}
