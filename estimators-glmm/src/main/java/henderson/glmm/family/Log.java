package henderson.glmm.family;

import henderson.api.Link;

/** {@code η = log μ}. */
public final class Log implements Link {
    @Override
    public String name() {
        return "log";
    }

    @Override
    public double eta(double mu) {
        return Math.log(mu);
    }

    @Override
    public void mean(double eta, double[] out) {
        double mu = Math.exp(eta);
        out[0] = mu;
        out[1] = mu;
        out[2] = mu;
        out[3] = mu;
    }

    @Override
    public void complement(double eta, double[] out) {
        double mu = Math.exp(eta);
        out[0] = -Math.expm1(eta);
        out[1] = -mu;
        out[2] = -mu;
        out[3] = -mu;
    }

    @Override
    public void logMean(double eta, double[] out) {
        out[0] = eta;
        out[1] = 1;
        out[2] = 0;
        out[3] = 0;
    }

    @Override
    public void logComplement(double eta, double[] out) {
        double q = eta < 0 ? 1 / Math.expm1(-eta) : Double.NaN; // μ/(1 − μ)
        out[0] = eta < -Math.log(2) ? Math.log1p(-Math.exp(eta)) : Math.log(-Math.expm1(eta));
        out[0] = eta < 0 ? out[0] : Double.NaN;
        out[1] = -q;
        out[2] = -q * (1 + q);
        out[3] = -q * (1 + q) * (1 + 2 * q);
    }

    @Override
    public boolean inDomain(double eta) {
        return !Double.isNaN(eta);
    }
}
