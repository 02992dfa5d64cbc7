package henderson.glmm.family;

import henderson.api.Family;
import henderson.api.Link;
import henderson.testkit.FamilyContract;
import java.util.List;

class GaussianTest implements FamilyContract {
    @Override
    public Family family() {
        return new Gaussian();
    }

    @Override
    public List<Link> links() {
        return List.of(new Identity(), new Log(), new Inverse());
    }

    @Override
    public List<double[]> parameters() {
        return List.of(new double[] {1}, new double[] {-0.2});
    }

    @Override
    public double dispersion(double[] phi) {
        return phi[0] * phi[0];
    }

    /** The trapezoidal rule. */
    @Override
    public double[][] rule(double mean, double variance) {
        double h = Math.sqrt(variance) / 4;
        double[][] out = new double[2][73];
        for (int k = 0; k < 73; k++) {
            out[0][k] = mean + (k - 36) * h;
            out[1][k] = h;
        }
        return out;
    }

    @Override
    public double[][] impossible() {
        return new double[][] {{1, Double.NaN}, {Double.POSITIVE_INFINITY}};
    }
}
