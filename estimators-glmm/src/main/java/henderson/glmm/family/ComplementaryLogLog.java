package henderson.glmm.family;

import henderson.api.Link;

/** {@code η = log(−log(1 − μ))}. With {@code t = e^η} everything is a function of t (theory (114)). */
public final class ComplementaryLogLog implements Link {
    /** {@code B_{2n}/(2n)!}, n = 1 …: {@code t/(e^t − 1) = 1 − t/2 + Σ bₙ t^{2n}}. */
    private static final double[] BERNOULLI = {
        1.0 / 12,
        -1.0 / 720,
        1.0 / 30_240,
        -1.0 / 1_209_600,
        1.0 / 47_900_160,
        -691.0 / 1_307_674_368_000.0,
        1.0 / 74_724_249_600.0,
        -3617.0 / 10_670_622_842_880_000.0
    };
    /** {@code e^{−t}} is 0. */
    private static final double GONE = 746;

    @Override
    public String name() {
        return "cloglog";
    }

    @Override
    public double eta(double mu) {
        return Math.log(-Math.log1p(-mu));
    }

    @Override
    public void mean(double eta, double[] out) {
        double t = Math.exp(eta);
        out[0] = -Math.expm1(-t);
        slopes(t, out);
    }

    /** Derivatives of {@code 1 − e^{−t}}. */
    private static void slopes(double t, double[] out) {
        double slope = t > GONE ? 0 : t * Math.exp(-t);
        double bounded = Math.min(t, GONE);
        out[1] = slope;
        out[2] = slope * (1 - bounded);
        out[3] = slope * (1 - 3 * bounded + bounded * bounded);
    }

    @Override
    public void complement(double eta, double[] out) {
        double t = Math.exp(eta);
        slopes(t, out);
        out[0] = Math.exp(-t);
        out[1] = -out[1];
        out[2] = -out[2];
        out[3] = -out[3];
    }

    @Override
    public void logMean(double eta, double[] out) {
        double t = Math.exp(eta);
        if (t > GONE) {
            out[0] = 0;
            out[1] = 0;
            out[2] = 0;
            out[3] = 0;
            return;
        }
        double g; // t/(e^t − 1)
        double h; // 1 − t − g
        if (t < 0.5) {
            double square = t * t;
            double sum = 0;
            for (int n = BERNOULLI.length - 1; n >= 0; n--) {
                sum = square * (BERNOULLI[n] + sum);
            }
            g = 1 - t / 2 + sum;
            h = -t / 2 - sum;
            out[0] = eta + logShare(t);
        } else {
            g = t / Math.expm1(t);
            h = 1 - t - g;
            out[0] = Math.log1p(-Math.exp(-t));
        }
        out[1] = g;
        out[2] = g * h;
        out[3] = g * (h * h - t - g * h);
    }

    /** {@code log((1 − e^{−t})/t) = −t/2 + Σ bₙ t^{2n}/(2n)}, 0 ≤ t &lt; ½. */
    private static double logShare(double t) {
        double square = t * t;
        double sum = 0;
        for (int n = BERNOULLI.length - 1; n >= 0; n--) {
            sum = square * (BERNOULLI[n] / (2 * n + 2) + sum);
        }
        return sum - t / 2;
    }

    @Override
    public void logComplement(double eta, double[] out) {
        double t = -Math.exp(eta);
        out[0] = t;
        out[1] = t;
        out[2] = t;
        out[3] = t;
    }

    @Override
    public double latentVariance() {
        return Math.PI * Math.PI / 6;
    }

    @Override
    public boolean inDomain(double eta) {
        return !Double.isNaN(eta);
    }
}
