package henderson.glmm.family;

import henderson.api.Link;

/** {@code η = μ}. */
public final class Identity implements Link {
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

    @Override
    public void logMean(double eta, double[] out) {
        double rate = eta > 0 ? 1 / eta : Double.NaN;
        out[0] = eta > 0 ? Math.log(eta) : Double.NaN;
        out[1] = rate;
        out[2] = -rate * rate;
        out[3] = 2 * rate * rate * rate;
    }

    @Override
    public void logComplement(double eta, double[] out) {
        double rate = eta < 1 ? 1 / (1 - eta) : Double.NaN;
        out[0] = eta < 1 ? Math.log1p(-eta) : Double.NaN;
        out[1] = -rate;
        out[2] = -rate * rate;
        out[3] = -2 * rate * rate * rate;
    }

    @Override
    public boolean inDomain(double eta) {
        return !Double.isNaN(eta);
    }
}
