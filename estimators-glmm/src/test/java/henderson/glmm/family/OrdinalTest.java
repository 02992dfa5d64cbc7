package henderson.glmm.family;

import henderson.api.Family;
import henderson.api.Link;
import henderson.testkit.FamilyContract;
import java.util.List;

/** Four outcomes, numbered as people number them. */
class OrdinalTest implements FamilyContract {
    @Override
    public Family family() {
        return new Ordinal();
    }

    @Override
    public List<Link> links() {
        return List.of(new Logit(), new Probit(), new ComplementaryLogLog(), new LogLog());
    }

    @Override
    public double[] predictors() {
        return new double[] {-1, -0.2, 0, 0.4, 1.5};
    }

    @Override
    public List<double[]> parameters() {
        return List.of(new double[] {-0.6, 0.1, -0.4}, new double[] {-2, -1.5, 1});
    }

    @Override
    public double[][] rule(double mean, double variance) {
        return new double[][] {{1, 2, 3, 5}, {1, 1, 1, 1}};
    }

    @Override
    public double[][] impossible() {
        return new double[][] {{1, 2, 2.5}, {1, 1}, {1, Double.NaN}, {1, Double.POSITIVE_INFINITY}};
    }
}
