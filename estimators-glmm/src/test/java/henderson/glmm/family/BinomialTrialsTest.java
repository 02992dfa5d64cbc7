package henderson.glmm.family;

import henderson.api.Family;
import henderson.api.Link;
import henderson.testkit.FamilyContract;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Successes of seven trials; the logit link goes another way than the rest. */
class BinomialTrialsTest implements FamilyContract {
    private static final int TRIALS = 7;

    @Override
    public Family family() {
        return new Binomial();
    }

    @Override
    public List<Link> links() {
        return List.of(new Logit(), new Probit(), new ComplementaryLogLog(), new Log());
    }

    @Override
    public Family.Response response(double... values) {
        double[] trials = new double[values.length];
        Arrays.fill(trials, TRIALS);
        return new Family.Response("y", values, trials, null, null);
    }

    @Override
    public double[][] rule(double mean, double variance) {
        double[] ones = new double[TRIALS + 1];
        Arrays.fill(ones, 1);
        return new double[][] {IntStream.rangeClosed(0, TRIALS).asDoubleStream().toArray(), ones};
    }

    @Override
    public double[][] impossible() {
        return new double[][] {{0, 0.5}, {1, 8}, {-1}, {Double.NaN}};
    }
}
