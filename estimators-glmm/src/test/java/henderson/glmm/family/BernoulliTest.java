package henderson.glmm.family;

import henderson.api.Family;
import henderson.api.Link;
import henderson.testkit.FamilyContract;
import java.util.List;

/** Zeros and ones. */
class BernoulliTest implements FamilyContract {
    @Override
    public Family family() {
        return new Binomial();
    }

    @Override
    public List<Link> links() {
        return List.of(
                new Logit(),
                new Probit(),
                new ComplementaryLogLog(),
                new LogLog(),
                new Cauchit(),
                new Log(),
                new Identity());
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
