package henderson.glmm.family;

import henderson.api.Family;
import henderson.api.Link;
import henderson.testkit.FamilyContract;
import java.util.List;

class GammaTest implements FamilyContract {
    @Override
    public Family family() {
        return new Gamma();
    }

    @Override
    public List<Link> links() {
        return List.of(new Log(), new Inverse(), new Identity());
    }

    @Override
    public List<double[]> parameters() {
        return List.of(new double[] {0.9}, new double[] {0.3}, new double[] {-0.05});
    }

    @Override
    public double dispersion(double[] phi) {
        return phi[0] * phi[0];
    }

    /** The trapezoidal rule in log y, whose integrand vanishes at both ends with its derivatives. */
    @Override
    public double[][] rule(double mean, double variance) {
        if (!(mean > 0)) {
            return rule(1, variance);
        }
        double shape = mean * mean / variance;
        double width = 1 / Math.sqrt(shape);
        double h = width / 6;
        int left = steps(shape, -h);
        int right = steps(shape, h);
        double[][] out = new double[2][left + right + 1];
        for (int k = 0; k <= left + right; k++) {
            out[0][k] = mean * Math.exp((k - left) * h);
            out[1][k] = out[0][k] * h;
        }
        return out;
    }

    /** Steps in log y until the density, times y, has fallen to e⁻⁴⁵ of its peak. */
    private static int steps(double shape, double h) {
        int k = 0;
        while (shape * (Math.expm1(k * h) - k * h) < 45) {
            k++;
        }
        return k;
    }

    @Override
    public double[][] impossible() {
        return new double[][] {{1, 0}, {-1}, {Double.NaN}, {Double.POSITIVE_INFINITY}};
    }
}
