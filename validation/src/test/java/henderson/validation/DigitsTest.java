package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class DigitsTest {
    @Test
    void a_relative_error_of_one_in_a_million_is_six_digits() {
        // 2.000002 as a double is off by at most 2e-16, which moves the sixth digit by 1e-10
        assertThat(Digits.of(new BigDecimal("2"), 2.000002, 2)).isCloseTo(6, within(1e-9));
    }

    @Test
    void equal_numbers_agree_in_all_digits_a_double_can_show() {
        assertThat(Digits.of(new BigDecimal("0.5"), 0.5, 0.5)).isEqualTo(Digits.CAP);
        assertThat(Digits.of(BigDecimal.ZERO, 0, 0)).isEqualTo(Digits.CAP);
    }

    @Test
    void a_small_number_instead_of_zero_agrees_in_no_digit() {
        assertThat(Digits.of(BigDecimal.ZERO, 1e-300, 0)).isZero();
    }

    @Test
    void numbers_that_are_not_finite_agree_in_no_digit() {
        assertThat(Digits.of(BigDecimal.ONE, Double.NaN, 1)).isZero();
        assertThat(Digits.of(BigDecimal.ONE, Double.POSITIVE_INFINITY, 1)).isZero();
    }

    @Test
    void an_error_larger_than_the_number_is_no_negative_count() {
        assertThat(Digits.of(BigDecimal.ONE, 1000, 1)).isZero();
    }

    @Test
    void digits_of_the_reference_beyond_those_of_a_double_are_not_lost() {
        // the double nearest to 0.1 is 0.1000000000000000055511151231257827...
        BigDecimal third = new BigDecimal("0.1000000000000000055511151231257800");

        assertThat(Digits.of(third, 0.1, 0.1)).isEqualTo(Digits.CAP);
        assertThat(new BigDecimal(0.1).subtract(third).doubleValue()).isPositive();
    }

    @Test
    void the_scale_decides_what_an_error_is_worth() {
        BigDecimal small = new BigDecimal("0.001");

        assertThat(Digits.of(small, 0.001001, 0.001)).isCloseTo(3, within(1e-6));
        assertThat(Digits.of(small, 0.001001, 1)).isCloseTo(6, within(1e-6));
    }

    @Test
    void a_printed_figure_has_the_digits_that_were_printed() {
        assertThat(Digits.significant(new BigDecimal(".0390124"))).isEqualTo(6);
        assertThat(Digits.significant(new BigDecimal("25337.49"))).isEqualTo(7);
        assertThat(Digits.lastUnit(new BigDecimal(".0390124"))).isEqualTo(1e-7);
        assertThat(Digits.lastUnit(new BigDecimal("6.20"))).isEqualTo(0.01);
    }
}
