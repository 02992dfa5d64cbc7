package henderson.testkit;

import henderson.api.Family;
import henderson.api.Link;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The contract takes a continuous family with a parameter of its own. */
class NormalTest implements FamilyContract {
    @Override
    public Family family() {
        return new Normal();
    }

    @Override
    public List<Link> links() {
        return List.of(new Normal.Identity());
    }

    /** The trapezoidal rule, which is exact to rounding for a function that vanishes at both ends with its derivatives. */
    @Override
    public double[][] rule(double mean, double variance) {
        double h = Math.sqrt(variance) / 4;
        double[] nodes =
                IntStream.rangeClosed(-36, 36).mapToDouble(i -> mean + i * h).toArray();
        double[] weights = new double[nodes.length];
        Arrays.fill(weights, h);
        return new double[][] {nodes, weights};
    }

    @Override
    public double dispersion(double[] phi) {
        return Math.exp(2 * phi[0]);
    }

    @Override
    public double[][] impossible() {
        return new double[][] {{Double.NaN}, {Double.POSITIVE_INFINITY}};
    }
}
