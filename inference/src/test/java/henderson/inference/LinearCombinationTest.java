package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.testkit.KnownFits;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LinearCombinationTest {
    /** A dozen operations on doubles. */
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-11);

    private static final Fit PIG = KnownFits.pig();

    @Test
    void one_coefficient_is_its_row_of_the_table() {
        Coefficient week = Summary.of(PIG).fixed().get(1);

        LinearCombination c = LinearCombination.of(PIG, new double[] {0, 1}, 0, 95);

        assertThat(c.estimate()).isEqualTo(week.estimate());
        assertThat(c.standardError()).isCloseTo(week.standardError(), ROUNDING);
        assertThat(c.pValue()).isCloseTo(week.pValue(), ROUNDING);
        assertThat(c.lower()).isCloseTo(week.lower(), ROUNDING);
        assertThat(c.upper()).isCloseTo(week.upper(), ROUNDING);
    }

    @Test
    void the_mean_at_the_middle_week_has_only_the_variance_between() {
        LinearCombination c = LinearCombination.of(PIG, new double[] {1, 5}, 0, 95);

        // balanced: the mean of all weights, its variance that of the means of 48 pigs
        assertThat(c.estimate()).isCloseTo(21_775.0 / 432, ROUNDING);
        assertThat(c.standardError()).isCloseTo(Math.sqrt(2_856_191.0 / 432 / 48 / 432), ROUNDING);
    }

    @Test
    void a_constant_shifts_the_estimate_and_not_its_error() {
        LinearCombination plain = LinearCombination.of(PIG, new double[] {0, 2}, 0, 90);
        LinearCombination shifted = LinearCombination.of(PIG, new double[] {0, 2}, -12, 90);

        assertThat(shifted.estimate()).isCloseTo(plain.estimate() - 12, within(1e-14));
        assertThat(shifted.standardError()).isEqualTo(plain.standardError());
    }

    @Test
    void nothing_has_no_standard_error() {
        assertThat(LinearCombination.of(PIG, new double[] {0, 0}, 3, 95))
                .isEqualTo(new LinearCombination(3, null, null, null, null, null));
    }

    @Test
    void a_joint_test_of_one_combination_is_its_square() {
        LinearCombination c = LinearCombination.of(PIG, new double[] {1, -3}, 0, 95);

        WaldTest joint = LinearCombination.joint(PIG, new double[][] {{1, -3}}, new double[] {0});

        assertThat(joint.statistic()).isCloseTo(c.statistic() * c.statistic(), ROUNDING);
        assertThat(joint.df()).isOne();
        assertThat(joint.pValue()).isCloseTo(c.pValue(), ROUNDING);
    }

    @Test
    void a_joint_test_does_not_depend_on_how_the_hypotheses_are_written() {
        WaldTest plain = LinearCombination.joint(PIG, new double[][] {{1, 0}, {0, 1}}, new double[] {-19, -6});
        WaldTest mixed = LinearCombination.joint(PIG, new double[][] {{1, 1}, {2, -1}}, new double[] {-25, -32});

        assertThat(mixed.statistic()).isCloseTo(plain.statistic(), ROUNDING);
        assertThat(mixed.df()).isEqualTo(2);
    }

    @Test
    void hypotheses_that_follow_from_others_add_no_degrees_of_freedom() {
        double[][] two = {{0, 1}, {1, 0}};
        double[][] four = {{0, 1}, {1, 0}, {0, 1e-6}, {3, 4}};

        WaldTest less = LinearCombination.joint(PIG, two, new double[2]);
        WaldTest more = LinearCombination.joint(PIG, four, new double[4]);

        assertThat(more.df()).isEqualTo(2);
        assertThat(more.statistic()).isCloseTo(less.statistic(), Percentage.withPercentage(1e-9)); // other pivots
    }

    @Test
    void hypotheses_that_contradict_each_other_are_refused() {
        assertThatThrownBy(() -> LinearCombination.joint(PIG, new double[][] {{0, 1}, {0, 2}}, new double[] {-6, -13}))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("contradicts the others");
    }

    @Test
    void a_wrong_number_of_weights_is_refused() {
        assertThatThrownBy(() -> LinearCombination.of(PIG, new double[] {1, 2, 3}, 0, 95))
                .isInstanceOf(HendersonException.class)
                .hasMessage("A linear combination has 3 weights; the fit has 2 fixed effects.");
        assertThatThrownBy(() -> LinearCombination.joint(PIG, new double[0][], new double[0]))
                .isInstanceOf(HendersonException.class);
    }
}
