package henderson.testkit;

import henderson.api.BoundFamily;
import henderson.api.Family;
import henderson.api.HendersonException;
import henderson.api.Link;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Zeros and ones. */
class Bernoulli implements Family {
    @Override
    public String name() {
        return "bernoulli";
    }

    @Override
    public String canonicalLink() {
        return "logit";
    }

    @Override
    public BoundFamily bind(Response response, Link link) {
        for (double v : response.values()) {
            if (v != 0 && v != 1) {
                throw new HendersonException("Response '" + response.name() + "' has the value " + v + ".");
            }
        }
        return new Bound(response.values(), response.frequencies(), link);
    }

    /** Bound; tests break parts of it. */
    static class Bound implements BoundFamily {
        private final double[] y;
        private final double @Nullable [] often;
        private final Link link;

        Bound(double[] y, double @Nullable [] often, Link link) {
            this.y = y;
            this.often = often;
            this.link = link;
        }

        @Override
        public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
            double[] p = new double[4];
            for (int i = from; i < to; i++) {
                if (y[i] == 1) {
                    link.mean(eta[i], p);
                } else {
                    link.complement(eta[i], p);
                }
                double a = p[1] / p[0];
                double b = p[2] / p[0];
                double c = p[3] / p[0];
                double[] all = {Math.log(p[0]), a, b - a * a, c - 3 * a * b + 2 * a * a * a};
                double f = often == null ? 1 : often[i];
                for (int r = 0; r <= order; r++) {
                    out[r * eta.length + i] = f * all[r];
                }
            }
            return true;
        }

        @Override
        public double startEta(int i) {
            return link.eta(0.25 + 0.5 * y[i]);
        }

        @Override
        public double mean(int i, double eta, double[] phi) {
            double[] p = new double[4];
            link.mean(eta, p);
            return p[0];
        }

        @Override
        public double variance(int i, double eta, double[] phi) {
            double[] p = new double[4];
            link.complement(eta, p);
            return mean(i, eta, phi) * p[0];
        }

        /** By the default, which knows no frequencies. */
        @Override
        public double fisher(int i, double eta, double[] phi) {
            return (often == null ? 1 : often[i]) * BoundFamily.super.fisher(i, eta, phi);
        }

        @Override
        public double draw(int i, double eta, double[] phi, RandomGenerator random) {
            return random.nextDouble() < mean(i, eta, phi) ? 1 : 0;
        }
    }
}
