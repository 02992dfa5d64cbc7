package henderson.glmm.family;

import henderson.api.BoundFamily;
import henderson.api.Coordinate;
import henderson.api.Family;
import henderson.api.Link;
import henderson.api.Natural;
import henderson.api.Scale;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Counts of variance {@code μ + αμ²}, {@code α = θ²}: dispersion that grows with the mean. α = 0 is Poisson (theory (116)). */
public final class NegativeBinomial implements Family {
    @Override
    public String name() {
        return "negative-binomial";
    }

    @Override
    public List<String> aliases() {
        return List.of("nbinomial", "nbinomial2", "nb2");
    }

    @Override
    public String canonicalLink() {
        return "log";
    }

    @Override
    public BoundFamily bind(Response y, Link link) {
        Responses.requireNumbers(y, name());
        Responses.require(y, Responses::isCount, Poisson.RULE, Poisson.ADVICE);
        return new Bound(y.values(), Responses.multipliers(y), link);
    }

    /** A parameter θ² with the Poisson distribution at zero. */
    static Coordinate dispersion(String name, double start) {
        return new Coordinate(
                name,
                false,
                Math.sqrt(start),
                new double[] {0},
                new Natural(name, -1, -1, List.of(), Scale.LOG),
                t -> t * t);
    }

    private static final class Bound extends PositiveMean {
        private final List<Coordinate> own;
        /** {@code −log y!} by distinct count. */
        private final double[] constant;
        /** The distinct counts, ascending. */
        private final double[] counts;
        /** Which of them a row has, n. */
        private final int[] code;
        /** For the last α. Threads that race make it twice, alike. */
        private volatile RisingSums sums;

        Bound(double[] y, double @Nullable [] weights, Link link) {
            super(y, weights, link);
            counts = Arrays.stream(y).distinct().sorted().toArray();
            code = new int[y.length];
            for (int i = 0; i < y.length; i++) {
                code[i] = Arrays.binarySearch(counts, y[i]);
            }
            constant = Arrays.stream(counts).map(c -> -Numbers.logFactorial(c)).toArray();
            double[] m = Responses.moments(y);
            double start = (m[1] - m[0]) / (m[0] * m[0]);
            own = List.of(dispersion("alpha", Double.isNaN(start) ? 1 : Math.max(0.05, Math.min(start, 10))));
            sums = new RisingSums(0, counts);
        }

        private RisingSums sums(double alpha) {
            RisingSums known = sums;
            if (known.alpha != alpha) {
                known = new RisingSums(alpha, counts);
                sums = known;
            }
            return known;
        }

        @Override
        public List<Coordinate> auxiliaries() {
            return own;
        }

        @Override
        boolean possible(double[] phi) {
            return phi[0] * phi[0] <= Double.MAX_VALUE;
        }

        @Override
        void density(int i, double lambda, double mu, double[] phi, double[] d) {
            double theta = phi[0];
            double alpha = theta * theta;
            RisingSums rising = sums(alpha);
            double count = y[i];
            double u = alpha * mu;
            double s = 1 / (1 + u);
            double m = mu * s;
            double t = u * s;
            double log = Math.log1p(u);
            double more = (1 + alpha * count) * s * m;
            d[0] = rising.sum[code[i]] + constant[code[i]] + count * (lambda - log) - (u == 0 ? mu : mu * (log / u));
            d[1] = (count - mu) * s;
            d[2] = -more;
            d[3] = -more * (s - t);
            if (theta == 0) {
                d[4] = 0;
                d[5] = 0;
                d[6] = 0;
                return;
            }
            double square = u > 1 ? (t - log) / alpha / alpha : mu * mu * Numbers.log1pOverSlope(u);
            d[4] = 2 * theta * (rising.slope[code[i]] - count * m - square);
            d[5] = -2 * theta * d[1] * m;
            d[6] = 2 * theta * m * (2 * more - count * s);
        }

        @Override
        double information(double mu, double[] phi) {
            return mu / (1 + phi[0] * phi[0] * mu);
        }

        @Override
        public double variance(int i, double eta, double[] phi) {
            double mu = mean(eta);
            return mu * (1 + phi[0] * phi[0] * mu);
        }

        @Override
        public double draw(int i, double eta, double[] phi, RandomGenerator random) {
            return Draws.negativeBinomial(mean(eta), phi[0] * phi[0], random);
        }

        @Override
        public double deviance(int i, double eta, double[] phi) {
            double mu = mean(eta);
            double alpha = phi[0] * phi[0];
            double half = Numbers.relative(y[i], mu);
            if (alpha > 0) {
                double x = alpha * (y[i] - mu) / (1 + alpha * mu); // (1 + αy)/(1 + αμ) − 1
                double logs = y[i] == 0 ? 0 : y[i] * Math.log(y[i] / mu);
                half = logs - y[i] * Math.log1p(x) - Numbers.log1pmx(x) / alpha - x / alpha;
            }
            return 2 * Responses.at(weights, i) * Math.max(0, half);
        }

        @Override
        public double anscombe(int i, double eta, double[] phi) {
            double mu = mean(eta);
            double alpha = phi[0] * phi[0];
            if (alpha * Math.max(mu, y[i]) < 1e-12) {
                return Poisson.anscombe(y[i], mu);
            }
            double root = Math.pow(mu * (1 + alpha * mu), 1.0 / 6);
            return (integral(alpha * y[i]) - integral(alpha * mu)) / Numbers.twoThirds(alpha) / root;
        }

        /** {@code ∫₀ˣ s^{−1/3} (1 + s)^{−1/3} ds}, with {@code w = x/(1 + x)} by parts. */
        private static double integral(double x) {
            double w = x / (1 + x);
            return 3 * Numbers.twoThirds(w) * Math.cbrt(1 + x) - Numbers.cubeRootBeta(w);
        }
    }
}
