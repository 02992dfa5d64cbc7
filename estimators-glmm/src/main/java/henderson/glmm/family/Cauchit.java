package henderson.glmm.family;

import henderson.api.Link;

/** {@code η = tan(π(μ − ½))}: tails so heavy that no outlier decides. */
public final class Cauchit implements Link {
    @Override
    public String name() {
        return "cauchit";
    }

    @Override
    public double eta(double mu) {
        return mu < 0.25 ? -1 / Math.tan(Math.PI * mu) : Math.tan(Math.PI * (mu - 0.5));
    }

    @Override
    public void mean(double eta, double[] out) {
        out[0] = Math.atan2(1, -eta) / Math.PI;
        double s = 1 / (1 + eta * eta);
        double slope = s / Math.PI;
        out[1] = slope;
        out[2] = -2 * eta * s * slope;
        out[3] = slope * s * (6 - 8 * s);
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
