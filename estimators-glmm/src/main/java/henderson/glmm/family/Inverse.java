package henderson.glmm.family;

import henderson.api.Link;

/** {@code η = 1/μ}, η &gt; 0. */
public final class Inverse implements Link {
    @Override
    public String name() {
        return "inverse";
    }

    @Override
    public double eta(double mu) {
        return 1 / mu;
    }

    @Override
    public void mean(double eta, double[] out) {
        double mu = 1 / eta;
        out[0] = mu;
        out[1] = -mu * mu;
        out[2] = 2 * mu * mu * mu;
        out[3] = -6 * mu * mu * mu * mu;
    }

    @Override
    public void complement(double eta, double[] out) {
        mean(eta, out);
        out[0] = (eta - 1) / eta;
        out[1] = -out[1];
        out[2] = -out[2];
        out[3] = -out[3];
    }

    @Override
    public void logMean(double eta, double[] out) {
        double rate = eta > 0 ? 1 / eta : Double.NaN;
        out[0] = eta > 0 ? -Math.log(eta) : Double.NaN;
        out[1] = -rate;
        out[2] = rate * rate;
        out[3] = -2 * rate * rate * rate;
    }

    @Override
    public boolean inDomain(double eta) {
        return eta > 0;
    }
}
