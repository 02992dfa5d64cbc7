package henderson.glmm.family;

import henderson.api.BoundFamily;
import henderson.api.Coordinate;
import henderson.api.Family;
import henderson.api.Link;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Counts of variance {@code μ(1 + δ)}, {@code δ = θ²}: the same dispersion at every mean. δ = 0 is Poisson (theory (119)). */
public final class LinearDispersion implements Family {
    @Override
    public String name() {
        return "nb1";
    }

    @Override
    public List<String> aliases() {
        return List.of("nbinomial1");
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

    private static final class Bound extends PositiveMean {
        private final List<Coordinate> own;
        /** {@code −log y!}, n. */
        private final double[] constant;

        Bound(double[] y, double @Nullable [] weights, Link link) {
            super(y, weights, link);
            constant = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                constant[i] = -Numbers.logFactorial(y[i]);
            }
            double[] m = Responses.moments(y);
            double start = m[1] / m[0] - 1;
            own = List.of(NegativeBinomial.dispersion(
                    "delta", Double.isNaN(start) ? 1 : Math.max(0.05, Math.min(start, 50))));
        }

        @Override
        public List<Coordinate> auxiliaries() {
            return own;
        }

        @Override
        boolean possible(double[] phi) {
            return phi[0] * phi[0] <= Double.MAX_VALUE;
        }

        /** Sums over {@code j < y} of functions of {@code v = μ/(μ + δj)}; linear in the count. */
        @Override
        void density(int i, double lambda, double mu, double[] phi, double[] d) {
            double delta = phi[0] * phi[0];
            double logs = 0;
            double v1 = 0;
            double v2 = 0;
            double v3 = 0;
            double rates = 0;
            double r1 = 0;
            double r2 = 0;
            double logDelta = Math.log(delta);
            for (double j = 0; j < y[i]; j++) {
                double more = delta * j;
                double whole = 1 / (mu + more);
                double v = mu * whole;
                double t = more * whole;
                double rate = j * whole;
                logs += more < mu ? lambda + Math.log1p(more / mu) : logDelta + Math.log(j) + Math.log1p(mu / more);
                v1 += v;
                v2 += v * t;
                v3 += v * t * (t - v);
                rates += rate;
                r1 += v * rate;
                r2 += v * rate * (t - v);
            }
            double q = mu * Numbers.log1pOver(delta);
            double slope = mu * Numbers.log1pOverSlope(delta);
            d[0] = logs + constant[i] - y[i] * Math.log1p(delta) - q;
            d[1] = v1 - q;
            d[2] = v2 - q;
            d[3] = v3 - q;
            double chain = 2 * phi[0];
            d[4] = chain * (rates - y[i] / (1 + delta) - slope);
            d[5] = chain * (-r1 - slope);
            d[6] = chain * (-r2 - slope);
        }

        /** That of a quasi-likelihood with this variance; the expectation has no closed form. */
        @Override
        double information(double mu, double[] phi) {
            return mu / (1 + phi[0] * phi[0]);
        }

        @Override
        public double variance(int i, double eta, double[] phi) {
            return mean(eta) * (1 + phi[0] * phi[0]);
        }

        @Override
        public double draw(int i, double eta, double[] phi, RandomGenerator random) {
            double mu = mean(eta);
            return Draws.negativeBinomial(mu, phi[0] * phi[0] / mu, random);
        }

        @Override
        public double anscombe(int i, double eta, double[] phi) {
            return Poisson.anscombe(y[i], mean(eta)) / Math.sqrt(1 + phi[0] * phi[0]);
        }
    }
}
