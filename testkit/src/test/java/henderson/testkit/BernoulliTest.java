package henderson.testkit;

import henderson.api.Family;
import henderson.api.Link;
import java.util.List;

/** The contract takes a family that is right. */
class BernoulliTest implements FamilyContract {
    @Override
    public Family family() {
        return new Bernoulli();
    }

    @Override
    public List<Link> links() {
        return List.of(new Logit());
    }

    @Override
    public double[][] rule(double mean, double variance) {
        return new double[][] {{0, 1}, {1, 1}};
    }

    @Override
    public double[][] impossible() {
        return new double[][] {{0, 0.5}, {1, 2}, {-1}, {Double.NaN}};
    }
}
