package henderson.glmm.family;

import henderson.api.Link;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * {@code η = Φ⁻¹(μ)}. Tails go through Mills' ratio {@code Φ(−x)/φ(x)}, whose continued fraction also gives the
 * differences that would cancel in derivatives of {@code log Φ} (theory (112), (113)).
 */
public final class Probit implements Link {
    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double ROOT_HALF_PI = Math.sqrt(Math.PI / 2);
    private static final double LOG_ROOT_TWO_PI = Math.log(2 * Math.PI) / 2;
    /** Beyond, the continued fraction is short. */
    private static final double FAR = 3;

    @Override
    public String name() {
        return "probit";
    }

    @Override
    public double eta(double mu) {
        return mu <= 0.5 ? quantile(mu) : -quantile(1 - mu);
    }

    /** {@code Φ⁻¹(p)}, p ≤ ½: Newton's method on {@code log Φ}, which is concave, from its asymptote. */
    private double quantile(double p) {
        if (!(p > 0)) {
            return p == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        double target = Math.log(p);
        double[] at = new double[4];
        double x = -Math.sqrt(Math.max(0, -2 * target - 1));
        for (int step = 0; step < 60; step++) {
            logMean(x, at);
            double move = (at[0] - target) / at[1];
            x -= move;
            if (Math.abs(move) <= Math.ulp(1 + Math.abs(x))) {
                break;
            }
        }
        return x;
    }

    @Override
    public void mean(double eta, double[] out) {
        double density = density(eta);
        out[0] = eta < 0 ? density * mills(-eta) : 1 - density * mills(eta);
        out[1] = density;
        out[2] = -eta * density;
        out[3] = (eta * eta - 1) * density;
        if (density == 0) {
            out[2] = 0;
            out[3] = 0;
        }
    }

    @Override
    public void complement(double eta, double[] out) {
        mean(-eta, out);
        out[1] = -out[1];
        out[3] = -out[3];
    }

    /** {@code φ(x)}; the square is halved with its rounding error, which matters relative to a small result. */
    private static double density(double x) {
        double square = x * x;
        double rest = Math.fma(x, x, -square);
        return square > 2000 ? 0 : Math.exp(-square / 2) * (1 - rest / 2) / Math.sqrt(2 * Math.PI);
    }

    /** {@code Φ(−x)/φ(x)}, x ≥ 0. */
    private static double mills(double x) {
        return x > FAR ? 1 / (x + tail(x, 1)) : ROOT_HALF_PI * Erfcx.value(x * ROOT_HALF);
    }

    /** {@code k/(x + (k+1)/(x + (k+2)/(x + …)))}, x &gt; 3, cut off where it hardly changes. */
    private static double tail(double x, int k) {
        int last = k + 16 + (int) (250 / (x * x));
        double sum = (x + Math.sqrt(x * x + 4 * last)) / 2; // what it would be without end and with equal terms
        for (int j = last; j > k; j--) {
            sum = x + j / sum;
        }
        return k / sum;
    }

    @Override
    public void logMean(double eta, double[] out) {
        if (eta < -FAR) {
            far(-eta, out);
            return;
        }
        double ratio = mills(Math.abs(eta));
        double density = density(eta);
        double lambda; // φ/Φ
        if (eta > 0) {
            double rest = density * ratio;
            out[0] = Math.log1p(-rest);
            lambda = density / (1 - rest);
        } else {
            out[0] = -eta * eta / 2 - LOG_ROOT_TWO_PI + Math.log(ratio);
            lambda = 1 / ratio;
        }
        double sum = eta + lambda;
        out[1] = lambda;
        out[2] = lambda == 0 ? 0 : -lambda * sum;
        out[3] = lambda == 0 ? 0 : lambda * (sum * (sum + lambda) - 1);
    }

    /** {@code log Φ(−x)}: with {@code λ = x + δ}, {@code δ = 1/(x + 2ε)}, {@code ε = 1/(x + 3γ)} nothing cancels. */
    private static void far(double x, double[] out) {
        double gamma = 1 / (x + tail(x, 4));
        double epsilon = 1 / (x + 3 * gamma);
        double delta = 1 / (x + 2 * epsilon);
        double lambda = x + delta;
        out[0] = -x * x / 2 - LOG_ROOT_TWO_PI - Math.log(lambda);
        out[1] = lambda;
        out[2] = -lambda * delta;
        out[3] = 2 * lambda * delta * ((3 * gamma - 2 * epsilon) * delta * epsilon);
    }

    @Override
    public void logComplement(double eta, double[] out) {
        logMean(-eta, out);
        out[1] = -out[1];
        out[3] = -out[3];
    }

    @Override
    public double latentVariance() {
        return 1;
    }

    @Override
    public boolean inDomain(double eta) {
        return !Double.isNaN(eta);
    }
}
