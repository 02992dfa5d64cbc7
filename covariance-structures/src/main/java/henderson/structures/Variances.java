package henderson.structures;

import henderson.api.Moments;
import java.util.List;

/** Starting variances by position. */
final class Variances {
    /** A starting variance is at least this part of the mean variance, so that none starts on the boundary. */
    private static final double START_FLOOR = 1e-4;

    private Variances() {}

    /** The mean square of each of q positions; {@code mean} where there is none, and never far below it. */
    static double[] of(List<Moments> moments, int q, double mean) {
        double[] sum = new double[q];
        double[] count = new double[q];
        for (Moments m : moments) {
            for (int i = 0; i < m.at().length; i++) {
                sum[m.at()[i]] += m.sum().get(i, i);
                count[m.at()[i]] += m.count();
            }
        }
        for (int i = 0; i < q; i++) {
            sum[i] = Math.max(count[i] > 0 ? sum[i] / count[i] : mean, START_FLOOR * mean);
        }
        return sum;
    }
}
