package henderson.glmm.family;

import henderson.api.Family;
import henderson.api.Link;
import henderson.testkit.FamilyContract;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Proportions of five trials, which are their weights. */
class ProportionsTest implements FamilyContract {
    private static final int TRIALS = 5;

    @Override
    public Family family() {
        return new Binomial();
    }

    @Override
    public List<Link> links() {
        return List.of(new Logit(), new Probit());
    }

    @Override
    public Family.Response response(double... values) {
        double[] trials = new double[values.length];
        Arrays.fill(trials, TRIALS);
        return new Family.Response("y", values, null, trials, null);
    }

    @Override
    public double[][] rule(double mean, double variance) {
        double[] ones = new double[TRIALS + 1];
        Arrays.fill(ones, 1);
        double[] shares = IntStream.rangeClosed(0, TRIALS)
                .mapToDouble(k -> k / (double) TRIALS)
                .toArray();
        return new double[][] {shares, ones};
    }

    @Override
    public double[][] impossible() {
        return new double[][] {{0, 0.5}, {1, 2}, {0.2, -1}, {0.2, 0.31}, {Double.NaN}};
    }
}
