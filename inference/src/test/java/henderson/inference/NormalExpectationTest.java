package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Expectations under a normal distribution that have a closed form, and one by a much finer sum. */
class NormalExpectationTest {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    @Test
    void closed_forms_are_met() {
        for (double m : new double[] {-3, 0, 0.7, 4}) {
            for (double s : new double[] {0.01, 0.5, 1, 3, 10}) {
                double probit = NormalExpectation.of(NORMAL::cumulativeProbability, m, s);
                assertThat(probit).isCloseTo(NORMAL.cumulativeProbability(m / Math.sqrt(1 + s * s)), within(1e-13));
                double exponential = NormalExpectation.of(Math::exp, m, s);
                double exact = Math.exp(m + s * s / 2);
                assertThat(exponential).isCloseTo(exact, within(1e-12 * exact));
                assertThat(NormalExpectation.of(x -> x * x, m, s))
                        .isCloseTo(m * m + s * s, within(1e-12 * (m * m + s * s)));
            }
        }
    }

    @Test
    void a_logistic_mean_is_that_of_a_much_finer_sum() {
        for (double s : new double[] {0.3, 2, 8, 40}) {
            double sum = 0;
            double weights = 0;
            for (double u = -9; u <= 9; u += 1e-4) {
                double w = Math.exp(-u * u / 2);
                sum += w / (1 + Math.exp(-(0.8 + s * u)));
                weights += w;
            }
            double mean = NormalExpectation.of(x -> 1 / (1 + Math.exp(-x)), 0.8, s);
            assertThat(mean).isCloseTo(sum / weights, within(1e-11));
        }
    }

    @Test
    void without_spread_it_is_the_value() {
        assertThat(NormalExpectation.of(Math::exp, 0.4, 0)).isEqualTo(Math.exp(0.4));
        assertThat(NormalExpectation.of(Math::exp, 0.4, Double.NaN)).isNaN();
    }
}
