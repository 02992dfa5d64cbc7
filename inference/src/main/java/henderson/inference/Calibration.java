package henderson.inference;

import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Observed and expected successes in groups of rising probability, and the test of Hosmer and Lemeshow, theory (176). Where
 * predictions hold random effects its distribution is not exactly chi-squared: they were fitted to the same outcomes.
 *
 * @param groups    from the lowest probabilities
 * @param statistic {@code Σ (O − E)²/(E(1 − E/N))}
 * @param df        groups less two
 * @param pValue    NaN for fewer than three groups
 */
public record Calibration(List<Group> groups, double statistic, int df, double pValue) {
    /**
     * A group.
     *
     * @param upper    its highest probability
     * @param total    successes and failures
     * @param observed successes
     * @param expected sum of the probabilities
     */
    public record Group(double upper, double total, double observed, double expected) {}

    public Calibration {
        groups = List.copyOf(groups);
    }

    /**
     * By quantiles of the probabilities; groups that equal probabilities leave empty are left out.
     *
     * @param wanted groups, 2 or more
     * @throws HendersonException for fewer
     */
    public static Calibration of(BinaryOutcomes all, int wanted) {
        if (wanted < 2) {
            throw new HendersonException(
                    "The number of groups is " + wanted + "; it must be 2 or more.", "Maybe 10, for tenths.");
        }
        double[] p = all.probability();
        double[] cumulated = new double[p.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += all.successes()[i] + all.failures()[i];
            cumulated[i] = sum;
        }
        List<Group> groups = new ArrayList<>();
        int at = 0;
        for (int g = 1; g <= wanted; g++) {
            double cut = g == wanted ? Double.POSITIVE_INFINITY : quantile(p, cumulated, sum * g / wanted);
            double total = 0;
            double observed = 0;
            double expected = 0;
            double upper = Double.NaN;
            for (; at < p.length && p[at] <= cut; at++) {
                double n = all.successes()[at] + all.failures()[at];
                total += n;
                observed += all.successes()[at];
                expected += n * p[at];
                upper = p[at];
            }
            if (total > 0) {
                groups.add(new Group(upper, total, observed, expected));
            }
        }
        return tested(groups);
    }

    /** The value up to which a count of outcomes lies; between two of them their mean. */
    private static double quantile(double[] p, double[] cumulated, double count) {
        int i = 0;
        while (cumulated[i] < count - 1e-9 * cumulated[p.length - 1]) {
            i++;
        }
        boolean between = Math.abs(cumulated[i] - count) <= 1e-9 * cumulated[p.length - 1] && i + 1 < p.length;
        return between ? (p[i] + p[i + 1]) / 2 : p[i];
    }

    private static Calibration tested(List<Group> groups) {
        double statistic = 0;
        for (Group g : groups) {
            double off = g.observed() - g.expected();
            statistic += off * off / (g.expected() * (1 - g.expected() / g.total()));
        }
        int df = groups.size() - 2;
        double pValue = df > 0 ? ChiSquaredDistribution.of(df).survivalProbability(statistic) : Double.NaN;
        return new Calibration(groups, statistic, df, pValue);
    }
}
