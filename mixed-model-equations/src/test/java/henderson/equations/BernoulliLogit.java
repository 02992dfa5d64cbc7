package henderson.equations;

import henderson.api.BoundFamily;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Zeros and ones with the logit link: {@code ℓ = w(yη − log(1 + e^η))}, without overflow or cancellation. */
public record BernoulliLogit(double[] y, double @Nullable [] weights) implements BoundFamily {
    public BernoulliLogit(double[] y) {
        this(y, null);
    }

    @Override
    public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
        int rows = eta.length;
        for (int i = from; i < to; i++) {
            double w = weights == null ? 1 : weights[i];
            double sign = y[i] == 1 ? -1 : 1;
            double away = sign * eta[i]; // ℓ = −log(1 + e^away)
            double tail = Math.exp(-Math.abs(away));
            double wrong = (away > 0 ? 1 : tail) / (1 + tail); // the other value's probability
            double spread = tail / ((1 + tail) * (1 + tail)); // μ(1 − μ)
            out[i] = -w * (Math.max(away, 0) + Math.log1p(tail));
            out[rows + i] = -w * sign * wrong;
            out[2 * rows + i] = -w * spread;
            out[3 * rows + i] = w * spread * Math.tanh(eta[i] / 2);
        }
        return true;
    }

    @Override
    public boolean fourthDerivatives(int from, int to, double[] eta, double[] phi, double[] density, double[] out) {
        for (int i = from; i < to; i++) {
            double w = weights == null ? 1 : weights[i];
            double second = density[2 * eta.length + i];
            out[i - from] = w == 0 ? 0 : second * (1 + 6 * second / w);
        }
        return true;
    }

    @Override
    public double startEta(int i) {
        return 0;
    }

    @Override
    public double mean(int i, double eta, double[] phi) {
        return 1 / (1 + Math.exp(-eta));
    }

    @Override
    public double variance(int i, double eta, double[] phi) {
        double tail = Math.exp(-Math.abs(eta));
        return tail / ((1 + tail) * (1 + tail));
    }

    @Override
    public double draw(int i, double eta, double[] phi, RandomGenerator random) {
        return random.nextDouble() < mean(i, eta, phi) ? 1 : 0;
    }
}
