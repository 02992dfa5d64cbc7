package henderson.glmm.family;

import henderson.api.Link;

/** {@code η = √μ}, η &gt; 0. */
public final class SquareRoot implements Link {
    @Override
    public String name() {
        return "sqrt";
    }

    @Override
    public double eta(double mu) {
        return Math.sqrt(mu);
    }

    @Override
    public void mean(double eta, double[] out) {
        out[0] = eta * eta;
        out[1] = 2 * eta;
        out[2] = 2;
        out[3] = 0;
    }

    @Override
    public void complement(double eta, double[] out) {
        out[0] = (1 - eta) * (1 + eta);
        out[1] = -2 * eta;
        out[2] = -2;
        out[3] = 0;
    }

    @Override
    public void logMean(double eta, double[] out) {
        double rate = eta > 0 ? 1 / eta : Double.NaN;
        out[0] = eta > 0 ? 2 * Math.log(eta) : Double.NaN;
        out[1] = 2 * rate;
        out[2] = -2 * rate * rate;
        out[3] = 4 * rate * rate * rate;
    }

    @Override
    public boolean inDomain(double eta) {
        return eta > 0;
    }
}
