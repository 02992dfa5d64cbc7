package henderson.glmm.family;

import henderson.api.Family;
import henderson.api.Link;
import henderson.testkit.FamilyContract;
import java.util.List;

class PoissonTest implements FamilyContract {
    @Override
    public Family family() {
        return new Poisson();
    }

    @Override
    public List<Link> links() {
        return List.of(new Log(), new SquareRoot(), new Identity());
    }

    @Override
    public double[][] rule(double mean, double variance) {
        return Counts.rule(mean, variance);
    }

    @Override
    public double[][] impossible() {
        return new double[][] {{0, 0.5}, {3, -1}, {Double.NaN}, {Double.POSITIVE_INFINITY}};
    }
}
