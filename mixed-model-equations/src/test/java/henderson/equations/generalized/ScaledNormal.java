package henderson.equations.generalized;

import henderson.api.BoundFamily;
import henderson.api.Coordinate;
import java.util.List;
import java.util.random.RandomGenerator;

/** A normal response with identity link and its standard deviation as own parameter: everything about it is known exactly. */
record ScaledNormal(double[] y) implements BoundFamily {
    @Override
    public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
        int n = eta.length;
        double s2 = phi[0] * phi[0];
        for (int i = from; i < to; i++) {
            double r = y[i] - eta[i];
            out[i] = -r * r / (2 * s2) - Math.log(2 * Math.PI * s2) / 2;
            if (order > 0) {
                out[n + i] = r / s2;
            }
            if (order > 1) {
                out[2 * n + i] = -1 / s2;
            }
            if (order > 2) {
                out[3 * n + i] = 0;
                out[4 * n + i] = (r * r / s2 - 1) / phi[0];
                out[5 * n + i] = -2 * r / (s2 * phi[0]);
                out[6 * n + i] = 2 / (s2 * phi[0]);
            }
        }
        return true;
    }

    @Override
    public List<Coordinate> auxiliaries() {
        return List.of(Coordinate.variance("dispersion", -1));
    }

    @Override
    public double startEta(int i) {
        return y[i];
    }

    @Override
    public double mean(int i, double eta, double[] phi) {
        return eta;
    }

    @Override
    public double variance(int i, double eta, double[] phi) {
        return phi[0] * phi[0];
    }

    @Override
    public double draw(int i, double eta, double[] phi, RandomGenerator random) {
        return eta + phi[0] * random.nextGaussian();
    }
}
