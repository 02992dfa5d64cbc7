package henderson.glmm.family;

import henderson.api.Link;

/** {@code η = log(μ/(1 − μ))}. */
public final class Logit implements Link {
    @Override
    public String name() {
        return "logit";
    }

    @Override
    public double eta(double mu) {
        return Math.log(mu) - Math.log1p(-mu);
    }

    @Override
    public void mean(double eta, double[] out) {
        double tail = Math.exp(-Math.abs(eta));
        double rest = 1 / (1 + tail);
        out[0] = eta > 0 ? rest : tail * rest;
        double turn = Math.copySign((1 - tail) * rest, -eta); // 1 − 2μ
        out[1] = tail * rest * rest;
        out[2] = out[1] * turn;
        out[3] = out[1] * (turn * turn - 2 * out[1]);
    }

    @Override
    public void complement(double eta, double[] out) {
        mean(-eta, out);
        out[1] = -out[1];
        out[3] = -out[3];
    }

    @Override
    public void logMean(double eta, double[] out) {
        double tail = Math.exp(-Math.abs(eta));
        double rest = 1 / (1 + tail);
        out[0] = Math.min(eta, 0) - Numbers.log1p(tail);
        out[1] = eta > 0 ? tail * rest : rest;
        double slope = tail * rest * rest;
        out[2] = -slope;
        out[3] = slope * Math.copySign((1 - tail) * rest, eta);
    }

    @Override
    public void logComplement(double eta, double[] out) {
        logMean(-eta, out);
        out[1] = -out[1];
        out[3] = -out[3];
    }

    @Override
    public double latentVariance() {
        return Math.PI * Math.PI / 3;
    }

    @Override
    public boolean inDomain(double eta) {
        return !Double.isNaN(eta);
    }
}
