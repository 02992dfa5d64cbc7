package henderson.testkit;

import henderson.api.BoundFamily;
import henderson.api.Coordinate;
import henderson.api.Family;
import henderson.api.HendersonException;
import henderson.api.Link;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A normal distribution of mean η and standard deviation {@code e^φ}: a family with a parameter of its own. */
class Normal implements Family {
    /** {@code μ = η}. */
    static final class Identity implements Link {
        @Override
        public String name() {
            return "identity";
        }

        @Override
        public double eta(double mu) {
            return mu;
        }

        @Override
        public void mean(double eta, double[] out) {
            out[0] = eta;
            out[1] = 1;
            out[2] = 0;
            out[3] = 0;
        }
    }

    @Override
    public String name() {
        return "normal";
    }

    @Override
    public String canonicalLink() {
        return "identity";
    }

    @Override
    public BoundFamily bind(Response response, Link link) {
        for (double v : response.values()) {
            if (!Double.isFinite(v)) {
                throw new HendersonException("Response '" + response.name() + "' has the value " + v + ".");
            }
        }
        return new Bound(response.values(), response.frequencies());
    }

    /** Bound; tests break parts of it. */
    static class Bound implements BoundFamily {
        private final double[] y;
        private final double @Nullable [] often;

        Bound(double[] y, double @Nullable [] often) {
            this.y = y;
            this.often = often;
        }

        @Override
        public List<Coordinate> auxiliaries() {
            return List.of(Coordinate.plain("log sd", 0));
        }

        @Override
        public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
            int n = eta.length;
            double precision = Math.exp(-2 * phi[0]);
            for (int i = from; i < to; i++) {
                double e = y[i] - eta[i];
                double[] all = {
                    -e * e * precision / 2 - phi[0] - Math.log(2 * Math.PI) / 2, e * precision, -precision, 0
                };
                double[] inPhi = {e * e * precision - 1, -2 * e * precision, 2 * precision};
                double f = often == null ? 1 : often[i];
                for (int r = 0; r <= order; r++) {
                    out[r * n + i] = f * all[r];
                }
                for (int r = 0; r <= Math.min(order, 2); r++) {
                    out[(4 + r) * n + i] = f * inPhi[r];
                }
            }
            return true;
        }

        @Override
        public double startEta(int i) {
            return y[i];
        }

        @Override
        public double mean(int i, double eta, double[] phi) {
            return eta;
        }

        @Override
        public double variance(int i, double eta, double[] phi) {
            return Math.exp(2 * phi[0]);
        }

        @Override
        public double fisher(int i, double eta, double[] phi) {
            return (often == null ? 1 : often[i]) * Math.exp(-2 * phi[0]);
        }

        @Override
        public double deviance(int i, double eta, double[] phi) {
            return (y[i] - eta) * (y[i] - eta);
        }

        @Override
        public double draw(int i, double eta, double[] phi, RandomGenerator random) {
            return eta + Math.exp(phi[0]) * random.nextGaussian();
        }
    }
}
