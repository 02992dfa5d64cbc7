package henderson.glmm.family;

import henderson.api.Link;

/** With the logit link: one exponential and one logarithm a row, none of the link's calls. */
final class BinomialLogit extends BoundBinomial {
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
            double far = e > 0 ? f[i] : k[i]; // what tells against the sign of η
            double all = k[i] + f[i];
            out[i] = constant[i] - far * size - all * Numbers.log1p(tail);
            if (order > 0) {
                double near = 1 / (1 + tail);
                double rare = tail * near;
                out[n + i] = e > 0 ? k[i] * rare - f[i] * near : k[i] * near - f[i] * rare;
                if (order > 1) {
                    double variance = all * rare * near;
                    out[2 * n + i] = -variance;
                    if (order > 2) {
                        out[3 * n + i] = Math.copySign(variance * (near - rare), e);
                    }
                }
            }
        }
        return finite;
    }
}
