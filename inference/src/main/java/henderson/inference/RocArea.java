package henderson.inference;

import henderson.api.Scale;
import java.util.List;

/**
 * Area under the curve of sensitivity against one minus specificity: the probability that a success has a higher prediction
 * than a failure, ties counted by half; theory (175). Its standard error takes pairs of outcomes for independent (DeLong,
 * DeLong and Clarke-Pearson, 1988); predictions are taken as given.
 *
 * @param observations  successes and failures
 * @param area          ½ where predictions tell nothing
 * @param standardError NaN for a single success or failure
 * @param lower         end of the interval, on the logit scale; NaN where it is not known
 * @param upper         end of the interval
 */
public record RocArea(double observations, double area, double standardError, double lower, double upper) {
    /**
     * The area.
     *
     * @param level confidence level in percent
     */
    public static RocArea of(BinaryOutcomes all, double level) {
        Summary.requireLevel(level);
        int k = all.probability().length;
        double m = all.allSuccesses();
        double n = all.allFailures();
        double[] below = new double[k]; // of a success: share of the failures it exceeds
        double[] above = new double[k]; // of a failure: share of the successes that exceed it
        double failures = 0;
        double successes = 0;
        double area = 0;
        for (int i = 0; i < k; i++) {
            below[i] = (failures + all.failures()[i] / 2) / n;
            failures += all.failures()[i];
            above[i] = (m - successes - all.successes()[i] / 2) / m;
            successes += all.successes()[i];
            area += all.successes()[i] * below[i] / m;
        }
        double ofSuccesses = 0;
        double ofFailures = 0;
        for (int i = 0; i < k; i++) {
            ofSuccesses += all.successes()[i] * (below[i] - area) * (below[i] - area);
            ofFailures += all.failures()[i] * (above[i] - area) * (above[i] - area);
        }
        double variance = ofSuccesses / (m - 1) / m + ofFailures / (n - 1) / n;
        Estimate e = new Intervals(level).estimate("", null, area, variance, Scale.LOGIT, false);
        return new RocArea(
                m + n,
                area,
                m > 1 && n > 1 ? Math.sqrt(variance) : Double.NaN,
                e.lower() == null ? Double.NaN : e.lower(),
                e.upper() == null ? Double.NaN : e.upper());
    }

    /** Points of the curve from (0, 0) to (1, 1): one minus specificity, and sensitivity. */
    public static List<double[]> curve(BinaryOutcomes all) {
        int k = all.probability().length;
        double m = all.allSuccesses();
        double n = all.allFailures();
        java.util.ArrayList<double[]> out = new java.util.ArrayList<>();
        out.add(new double[] {0, 0});
        double falsePositive = 0;
        double truePositive = 0;
        for (int i = k - 1; i >= 0; i--) {
            falsePositive += all.failures()[i];
            truePositive += all.successes()[i];
            out.add(new double[] {falsePositive / n, truePositive / m});
        }
        return out;
    }
}
