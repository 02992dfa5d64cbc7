package henderson.testkit;

import henderson.api.Link;

/** {@code log(μ/(1 − μ))}. */
class Logit implements Link {
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
        out[0] = (eta > 0 ? 1 : tail) / (1 + tail);
        out[1] = tail / ((1 + tail) * (1 + tail));
        double turn = -Math.tanh(eta / 2); // 1 − 2μ
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
    public boolean inDomain(double eta) {
        return !Double.isNaN(eta);
    }
}
