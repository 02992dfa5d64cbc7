package henderson.glmm.family;

import henderson.api.Link;

/** With the logit link: one exponential and one logarithm a row, none of the link's calls. */
final class BinomialLogit extends BoundBinomial {
    /** Products are taken so far. */
    private static final double LARGE = 1e9;

    BinomialLogit(Successes data, Link link) {
        super(data, link);
    }

    @Override
    public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
        int n = eta.length;
        boolean finite = true;
        for (int i = from; i < to; i++) {
            double e = eta[i];
            double size = Math.abs(e);
            finite &= size <= Double.MAX_VALUE;
            double tail = Math.exp(-size);
            double sign = Math.copySign(1, e);
            double all = k[i] + f[i];
            double lean = sign * (k[i] - f[i]);
            double agree = (all + lean) / 2; // what tells for the sign of η, and against it; a branch costs more
            double far = (all - lean) / 2;
            double sum = 1 + tail;
            double near = 1 / sum;
            double log = Math.log(sum) + (tail - (sum - 1)) * near; // log(1 + tail), what rounding took given back
            out[i] = constant[i] - far * size - all * log;
            if (order > 0) {
                double rare = tail * near;
                out[n + i] = sign * (agree * rare - far * near);
                if (order > 1) {
                    double variance = all * rare * near;
                    out[2 * n + i] = -variance;
                    if (order > 2) {
                        out[3 * n + i] = sign * variance * (near - rare);
                    }
                }
            }
        }
        return finite;
    }

    /** One logarithm for the product of {@code 1 + e^−|η|} over rows that count once. */
    @Override
    public double sumOfLogDensities(int from, int to, double[] eta, double[] phi, double[] out) {
        int n = eta.length;
        boolean finite = true;
        double total = 0;
        double product = 1;
        for (int i = from; i < to; i++) {
            double e = eta[i];
            double size = Math.abs(e);
            finite &= size <= Double.MAX_VALUE;
            double tail = Math.exp(-size);
            double sign = Math.copySign(1, e);
            double all = k[i] + f[i];
            double lean = sign * (k[i] - f[i]);
            double agree = (all + lean) / 2;
            double far = (all - lean) / 2;
            double sum = 1 + tail;
            double near = 1 / sum;
            out[n + i] = sign * (agree * (tail * near) - far * near);
            total += constant[i] - far * size;
            if (all == 1) {
                product *= sum;
                if (product > LARGE) {
                    total -= Math.log(product);
                    product = 1;
                }
            } else {
                total -= all * (Math.log(sum) + (tail - (sum - 1)) * near);
            }
        }
        return finite ? total - Math.log(product) : Double.NaN;
    }
}
