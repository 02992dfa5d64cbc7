package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.HendersonException;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Classification, area under the ROC curve and calibration against what pairs and groups say one by one. */
class BinaryOutcomesTest {
    private static double[] p;
    private static double[] y;

    /** Probabilities with many ties, and outcomes of them. */
    private static BinaryOutcomes drawn(int n, long seed) {
        Random random = new Random(seed);
        p = random.doubles(n).map(u -> Math.rint(20 * u) / 20).toArray();
        y = DoubleStream.of(p)
                .map(q -> random.nextDouble() < 0.2 + 0.6 * q ? 1 : 0)
                .toArray();
        return BinaryOutcomes.sorted(p, y, DoubleStream.of(y).map(v -> 1 - v).toArray());
    }

    private static double kernel(int one, int zero) {
        return p[one] > p[zero] ? 1 : p[one] == p[zero] ? 0.5 : 0;
    }

    @Test
    void area_is_the_share_of_pairs_in_order() {
        RocArea area = RocArea.of(drawn(90, 1), 95);
        double sum = 0;
        double pairs = 0;
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                if (y[i] == 1 && y[j] == 0) {
                    sum += kernel(i, j);
                    pairs++;
                }
            }
        }
        assertThat(area.area()).isCloseTo(sum / pairs, within(1e-13));
        assertThat(area.observations()).isEqualTo(90);
        assertThat(area.standardError()).isCloseTo(delong(sum / pairs), within(1e-13));
        assertThat(area.lower()).isLessThan(area.area());
        assertThat(area.upper()).isBetween(area.area(), 1.0);
    }

    /** From the mean of the kernel over each success and over each failure. */
    private static double delong(double area) {
        double m = DoubleStream.of(y).sum();
        double n = y.length - m;
        double ones = 0;
        double zeros = 0;
        for (int i = 0; i < p.length; i++) {
            double mean = 0;
            for (int j = 0; j < p.length; j++) {
                mean += y[i] == 1 && y[j] == 0 ? kernel(i, j) / n : y[i] == 0 && y[j] == 1 ? kernel(j, i) / m : 0;
            }
            ones += y[i] == 1 ? (mean - area) * (mean - area) : 0;
            zeros += y[i] == 0 ? (mean - area) * (mean - area) : 0;
        }
        return Math.sqrt(ones / (m - 1) / m + zeros / (n - 1) / n);
    }

    @Test
    void the_curve_encloses_the_area() {
        BinaryOutcomes all = drawn(60, 2);
        double sum = 0;
        double[] last = {0, 0};
        for (double[] point : RocArea.curve(all)) {
            sum += (point[0] - last[0]) * (point[1] + last[1]) / 2;
            last = point;
        }
        assertThat(last).containsExactly(new double[] {1, 1}, within(1e-15));
        assertThat(sum).isCloseTo(RocArea.of(all, 95).area(), within(1e-13));
    }

    @Test
    void counts_of_trials_are_as_many_rows() {
        BinaryOutcomes grouped =
                BinaryOutcomes.sorted(new double[] {0.2, 0.7, 0.4}, new double[] {1, 4, 2}, new double[] {3, 1, 2});
        BinaryOutcomes rows = BinaryOutcomes.sorted(
                new double[] {.2, .2, .2, .2, .7, .7, .7, .7, .7, .4, .4, .4, .4},
                new double[] {1, 0, 0, 0, 1, 1, 1, 1, 0, 1, 1, 0, 0},
                new double[] {0, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1});
        assertThat(RocArea.of(grouped, 95)).isEqualTo(RocArea.of(rows, 95));
        assertThat(Classification.of(grouped, 0.4)).isEqualTo(Classification.of(rows, 0.4));
    }

    @Test
    void classification_counts_both_sides_of_the_cutoff() {
        BinaryOutcomes all = BinaryOutcomes.sorted(
                new double[] {0.1, 0.5, 0.6, 0.9}, new double[] {1, 0, 1, 1}, new double[] {0, 1, 0, 0});
        Classification c = Classification.of(all, 0.5); // the cutoff itself is positive
        assertThat(c).isEqualTo(new Classification(0.5, 2, 1, 1, 0));
        assertThat(c.sensitivity()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(c.specificity()).isZero();
        assertThat(c.positivePredictiveValue()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(c.negativePredictiveValue()).isZero();
        assertThat(c.correct()).isEqualTo(0.5);
        assertThat(Classification.of(all, 1).positivePredictiveValue()).isNaN();
        assertThatThrownBy(() -> Classification.of(all, 1.5))
                .isInstanceOf(HendersonException.class)
                .hasMessage("The cutoff is 1.5; it must be a probability, 0 to 1.");
    }

    @Test
    void calibration_by_quarters_is_what_hand_calculation_gives() {
        BinaryOutcomes all = BinaryOutcomes.sorted(
                new double[] {.1, .2, .3, .4, .5, .6, .7, .8},
                new double[] {0, 1, 0, 0, 1, 1, 0, 1},
                new double[] {1, 0, 1, 1, 0, 0, 1, 0});
        Calibration c = Calibration.of(all, 4);
        assertThat(c.groups()).hasSize(4);
        assertThat(c.groups().get(0).observed()).isEqualTo(1);
        assertThat(c.groups().get(0).expected()).isCloseTo(0.3, within(1e-15));
        double expected = 0;
        double[] observed = {1, 0, 2, 1};
        double[] mean = {0.3, 0.7, 1.1, 1.5};
        for (int g = 0; g < 4; g++) {
            expected += Math.pow(observed[g] - mean[g], 2) / (mean[g] * (1 - mean[g] / 2));
        }
        assertThat(c.statistic()).isCloseTo(expected, within(1e-13));
        assertThat(c.df()).isEqualTo(2);
        assertThat(c.pValue()).isCloseTo(Math.exp(-expected / 2), within(1e-13)); // chi-squared with two degrees
    }

    @Test
    void groups_hold_every_outcome_once() {
        BinaryOutcomes all = drawn(203, 3);
        Calibration c = Calibration.of(all, 10);
        assertThat(c.groups().stream().mapToDouble(Calibration.Group::total).sum())
                .isEqualTo(203);
        assertThat(c.groups().stream().mapToDouble(Calibration.Group::observed).sum())
                .isEqualTo(DoubleStream.of(y).sum());
        assertThat(c.groups().stream().mapToDouble(Calibration.Group::expected).sum())
                .isCloseTo(DoubleStream.of(p).sum(), within(1e-10));
        assertThatThrownBy(() -> Calibration.of(all, 1)).isInstanceOf(HendersonException.class);
    }

    @Test
    void outcomes_that_are_all_the_same_are_refused() {
        double[] one = {1, 1};
        assertThatThrownBy(() -> BinaryOutcomes.sorted(new double[] {0.2, 0.3}, one, new double[2]))
                .isInstanceOf(HendersonException.class)
                .hasMessage("The rows have no failure; there is nothing to tell apart.");
    }
}
