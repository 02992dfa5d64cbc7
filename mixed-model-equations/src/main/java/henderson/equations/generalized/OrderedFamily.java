package henderson.equations.generalized;

import henderson.api.BoundFamily;
import henderson.api.Coordinate;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A family with its rows in another order, one call a row: for families that cannot put their rows in order themselves.
 * Different threads may ask for different rows.
 */
final class OrderedFamily implements BoundFamily {
    private final BoundFamily family;
    private final int[] order;
    /** η in the family's order. */
    private final double[] eta;
    /** Densities and derivatives in the family's order. */
    private final double[] density;

    OrderedFamily(BoundFamily family, int[] order) {
        this.family = family;
        this.order = order;
        this.eta = new double[order.length];
        this.density = new double[order.length * (4 + 3 * family.auxiliaries().size())];
    }

    @Override
    public boolean logDensity(int from, int to, double[] at, double[] phi, int highest, double[] out) {
        int n = order.length;
        for (int i = from; i < to; i++) {
            int row = order[i];
            eta[row] = at[i];
            if (!family.logDensity(row, row + 1, eta, phi, highest, density)) {
                return false;
            }
            for (int r = 0; r <= highest; r++) {
                out[r * n + i] = density[r * n + row];
            }
            for (int b = 4; b < 4 + 3 * phi.length; b++) {
                out[b * n + i] = density[b * n + row];
            }
        }
        return true;
    }

    @Override
    public boolean fourthDerivatives(int from, int to, double[] at, double[] phi, double[] given, double[] out) {
        int n = order.length;
        double[] own = new double[1];
        for (int i = from; i < to; i++) {
            int row = order[i];
            eta[row] = at[i];
            for (int r = 0; r <= 3; r++) {
                density[r * n + row] = given[r * n + i];
            }
            if (!family.fourthDerivatives(row, row + 1, eta, phi, density, own)) {
                return false;
            }
            out[i - from] = own[0];
        }
        return true;
    }

    @Override
    public List<Coordinate> auxiliaries() {
        return family.auxiliaries();
    }

    @Override
    public double startEta(int i) {
        return family.startEta(order[i]);
    }

    @Override
    public double mean(int i, double at, double[] phi) {
        return family.mean(order[i], at, phi);
    }

    @Override
    public double fisher(int i, double at, double[] phi) {
        return family.fisher(order[i], at, phi);
    }

    @Override
    public double variance(int i, double at, double[] phi) {
        return family.variance(order[i], at, phi);
    }

    @Override
    public double draw(int i, double at, double[] phi, RandomGenerator random) {
        return family.draw(order[i], at, phi, random);
    }
}
