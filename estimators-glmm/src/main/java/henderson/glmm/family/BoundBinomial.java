package henderson.glmm.family;

import henderson.api.BoundFamily;
import henderson.api.Link;
import java.util.random.RandomGenerator;

/** {@code k log μ + (n − k) log(1 − μ) + log(n over k)}, weights folded into the counts (theory (110)). */
class BoundBinomial implements BoundFamily {
    private static final ThreadLocal<double[]> SCRATCH = ThreadLocal.withInitial(() -> new double[4]);
    /** A monotone link whose mean is a probability here and at the negative has no other values between. */
    private static final double FAR = 1000;

    private final Successes data;
    private final Link link;
    /** Whether every predictor gives a probability. */
    private final boolean bounded;
    /** Weighted successes, n. */
    final double[] k;
    /** Weighted failures, n. */
    final double[] f;
    /** Weighted {@code log(n over k)}, n. */
    final double[] constant;

    BoundBinomial(Successes data, Link link) {
        this.data = data;
        this.link = link;
        int rows = data.successes().length;
        this.k = new double[rows];
        this.f = new double[rows];
        this.constant = new double[rows];
        for (int i = 0; i < rows; i++) {
            double w = Responses.at(data.weights(), i);
            k[i] = w * data.successes()[i];
            f[i] = w * (data.trials()[i] - data.successes()[i]);
            constant[i] = w * Numbers.logChoose(data.trials()[i], data.successes()[i]);
        }
        this.bounded = isProbability(-FAR) && isProbability(FAR);
    }

    private boolean isProbability(double eta) {
        double[] m = new double[4];
        if (!link.inDomain(eta)) {
            return false;
        }
        link.mean(eta, m);
        return m[0] >= 0 && m[0] <= 1;
    }

    @Override
    public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
        double[] s = SCRATCH.get();
        int n = eta.length;
        for (int i = from; i < to; i++) {
            if (!possible(eta[i], s)) {
                return false;
            }
            double d0 = 0;
            double d1 = 0;
            double d2 = 0;
            double d3 = 0;
            if (k[i] != 0) {
                link.logMean(eta[i], s);
                d0 = k[i] * s[0];
                d1 = k[i] * s[1];
                d2 = k[i] * s[2];
                d3 = k[i] * s[3];
            }
            if (f[i] != 0) {
                link.logComplement(eta[i], s);
                d0 += f[i] * s[0];
                d1 += f[i] * s[1];
                d2 += f[i] * s[2];
                d3 += f[i] * s[3];
            }
            if (!(d0 >= -Double.MAX_VALUE)) {
                return false;
            }
            out[i] = d0 + constant[i];
            if (order > 0) {
                out[n + i] = d1;
                if (order > 1) {
                    out[2 * n + i] = d2;
                    if (order > 2) {
                        out[3 * n + i] = d3;
                    }
                }
            }
        }
        return true;
    }

    private boolean possible(double eta, double[] s) {
        if (bounded) {
            return Math.abs(eta) <= Double.MAX_VALUE;
        }
        if (!link.inDomain(eta)) {
            return false;
        }
        link.mean(eta, s);
        return s[0] > 0 && s[0] < 1;
    }

    @Override
    public double fisher(int i, double eta, double[] phi) {
        double[] s = SCRATCH.get();
        link.logMean(eta, s);
        double slope = s[1];
        link.logComplement(eta, s);
        return (k[i] + f[i]) * slope * -s[1];
    }

    @Override
    public double startEta(int i) {
        return link.eta((data.successes()[i] + 0.5) / (data.trials()[i] + 1));
    }

    private double probability(double eta) {
        double[] s = SCRATCH.get();
        link.mean(eta, s);
        return s[0];
    }

    private double complement(double eta) {
        double[] s = SCRATCH.get();
        link.complement(eta, s);
        return s[0];
    }

    @Override
    public double mean(int i, double eta, double[] phi) {
        return data.proportions() ? probability(eta) : data.trials()[i] * probability(eta);
    }

    /** Of a success, whatever the outcome's index. */
    @Override
    public double probability(int i, int outcome, double eta, double[] phi) {
        return probability(eta);
    }

    @Override
    public double variance(int i, double eta, double[] phi) {
        double one = probability(eta) * complement(eta);
        return data.proportions() ? one / data.trials()[i] : data.trials()[i] * one;
    }

    @Override
    public double draw(int i, double eta, double[] phi, RandomGenerator random) {
        double successes = Draws.binomial(data.trials()[i], probability(eta), random);
        return data.proportions() ? successes / data.trials()[i] : successes;
    }

    @Override
    public double deviance(int i, double eta, double[] phi) {
        double n = k[i] + f[i];
        double p = probability(eta);
        double q = complement(eta);
        return 2 * (Numbers.relative(k[i], n * p) + Numbers.relative(f[i], n * q));
    }

    @Override
    public double anscombe(int i, double eta, double[] phi) {
        double p = probability(eta);
        double q = complement(eta);
        double n = data.trials()[i];
        double observed = Numbers.cubeRootBeta(data.successes()[i] / n);
        double expected = p <= 0.5 ? Numbers.cubeRootBeta(p) : Numbers.cubeRootBeta(1) - Numbers.cubeRootBeta(q);
        return Math.sqrt(n) * (observed - expected) / Math.pow(p * q, 1.0 / 6);
    }

    @Override
    public double trials(int i) {
        return data.trials()[i];
    }
}
