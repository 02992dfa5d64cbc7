package henderson.glmm.family;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Sums over all counts that matter. */
final class Counts {
    private Counts() {}

    /** Beyond, Poisson and negative binomial probabilities of this mean and variance are below 1e-14 together. */
    static double[][] rule(double mean, double variance) {
        if (!(mean > 0)) {
            return rule(1, 1);
        }
        int last = (int) Math.ceil(mean + 12 * Math.sqrt(variance) + 40 * variance / mean);
        double[] ones = new double[last + 1];
        Arrays.fill(ones, 1);
        return new double[][] {IntStream.rangeClosed(0, last).asDoubleStream().toArray(), ones};
    }
}
