package henderson.glmm.family;

import henderson.api.BoundFamily;
import henderson.api.Family;
import henderson.api.Link;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Counts whose variance is their mean. */
public final class Poisson implements Family {
    /** Rows that are worked on at a time. */
    private static final int BLOCK = 512;
    /** Fewer rows are taken one by one. */
    private static final int FEW = 40;

    private static final ThreadLocal<Work> WORK = ThreadLocal.withInitial(Work::new);

    static final String RULE = "is not a whole number of 0 or more, as a count is";
    static final String ADVICE = "Maybe the family should be gamma or gaussian, or the response is a rate: then count"
            + " events and give --exposure.";

    @Override
    public String name() {
        return "poisson";
    }

    @Override
    public String canonicalLink() {
        return "log";
    }

    @Override
    public BoundFamily bind(Response y, Link link) {
        Responses.requireNumbers(y, name());
        Responses.require(y, Responses::isCount, RULE, ADVICE);
        double[] weights = Responses.multipliers(y);
        return link instanceof Log ? new ByLog(y.values(), weights, link) : new Bound(y.values(), weights, link);
    }

    /** That of a variance equal to the mean. */
    static double anscombe(double y, double mu) {
        return 1.5 * (Numbers.twoThirds(y) - Numbers.twoThirds(mu)) / Math.pow(mu, 1.0 / 6);
    }

    private static class Bound extends PositiveMean {
        /** {@code −log y!}, n. */
        final double[] constant;

        Bound(double[] y, double @Nullable [] weights, Link link) {
            super(y, weights, link);
            constant = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                constant[i] = -Numbers.logFactorial(y[i]);
            }
        }

        @Override
        void density(int i, double lambda, double mu, double[] phi, double[] d) {
            d[0] = y[i] * lambda - mu + constant[i];
            d[1] = y[i] - mu;
            d[2] = -mu;
            d[3] = -mu;
        }

        @Override
        double information(double mu, double[] phi) {
            return mu;
        }

        @Override
        public double variance(int i, double eta, double[] phi) {
            return mean(eta);
        }

        @Override
        public double draw(int i, double eta, double[] phi, RandomGenerator random) {
            return Draws.poisson(mean(eta), random);
        }

        @Override
        public double deviance(int i, double eta, double[] phi) {
            return 2 * Responses.at(weights, i) * Numbers.relative(y[i], mean(eta));
        }

        @Override
        public double anscombe(int i, double eta, double[] phi) {
            return Poisson.anscombe(y[i], mean(eta));
        }
    }

    /** With the log link: one exponential a row. */
    private static final class ByLog extends Bound {
        /** Weights, n; all one without any. */
        private final double[] w;

        ByLog(double[] y, double @Nullable [] weights, Link link) {
            super(y, weights, link);
            w = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                w[i] = Responses.at(weights, i);
            }
        }

        @Override
        public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
            if (to - from < FEW) {
                return oneByOne(from, to, eta, order, out);
            }
            Work work = WORK.get();
            boolean finite = true;
            for (int at = from; at < to; at += BLOCK) {
                int count = Math.min(BLOCK, to - at);
                if (ArrayMath.moderate(eta, at, count)) {
                    block(work, at, count, eta, order, out);
                } else {
                    finite &= oneByOne(at, at + count, eta, order, out);
                }
            }
            return finite;
        }

        /** The second derivatives again. */
        @Override
        public boolean fourthDerivatives(int from, int to, double[] eta, double[] phi, double[] density, double[] out) {
            System.arraycopy(density, 2 * eta.length + from, out, 0, to - from);
            return true;
        }

        private void block(Work work, int at, int count, double[] eta, int order, double[] out) {
            double[] mu = work.mean;
            double[] copy = work.predictor;
            System.arraycopy(eta, at, copy, 0, count);
            ArrayMath.exp(copy, count, mu, work.work, work.rest);
            for (int i = 0; i < count; i++) {
                out[at + i] = w[at + i] * (y[at + i] * copy[i] - mu[i] + constant[at + i]);
            }
            int slopes = order > 0 ? eta.length + at : -1;
            for (int i = 0; i < count && slopes >= 0; i++) {
                out[slopes + i] = w[at + i] * (y[at + i] - mu[i]);
            }
            for (int r = 2; r <= order; r++) {
                int to = r * eta.length + at;
                for (int i = 0; i < count; i++) {
                    out[to + i] = -w[at + i] * mu[i];
                }
            }
        }

        private boolean oneByOne(int from, int to, double[] eta, int order, double[] out) {
            int n = eta.length;
            boolean finite = true;
            for (int i = from; i < to; i++) {
                double mu = Math.exp(eta[i]);
                finite &= mu <= Double.MAX_VALUE && eta[i] > -Double.MAX_VALUE;
                out[i] = w[i] * (y[i] * eta[i] - mu + constant[i]);
                if (order > 0) {
                    out[n + i] = w[i] * (y[i] - mu);
                    if (order > 1) {
                        out[2 * n + i] = -w[i] * mu;
                        if (order > 2) {
                            out[3 * n + i] = -w[i] * mu;
                        }
                    }
                }
            }
            return finite;
        }
    }

    /** What a block of rows is worked on in. */
    private static final class Work {
        private final double[] predictor = new double[BLOCK];
        private final double[] mean = new double[BLOCK];
        private final double[] work = new double[BLOCK];
        private final double[] rest = new double[BLOCK];
    }
}
