package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemandedDigitsTest {
    @Test
    void no_more_is_demanded_than_the_reference_has() {
        assertThat(DemandedDigits.of(Agreement.DIGITS, Quantity.LOG_LIKELIHOOD, 12, false))
                .isEqualTo(12);
        assertThat(DemandedDigits.of(Agreement.DIGITS, Quantity.LOG_LIKELIHOOD, 9.5, false))
                .isEqualTo(9.5);
        assertThat(DemandedDigits.of(Agreement.DIGITS, Quantity.VARIANCE, 3, true))
                .isEqualTo(3);
    }

    @Test
    void a_second_opinion_answers_for_its_certificate() {
        for (Quantity q : new Quantity[] {Quantity.LOG_LIKELIHOOD, Quantity.FIXED, Quantity.VARIANCE}) {
            assertThat(DemandedDigits.of(Agreement.DIGITS, q, 12, true))
                    .isLessThan(DemandedDigits.of(Agreement.DIGITS, q, 12, false))
                    .isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void a_printed_figure_is_met_within_one_and_a_half_units_of_its_last_digit() {
        BigDecimal printed = new BigDecimal("-1014.9268");

        assertThat(DemandedDigits.tolerance(Quantity.LOG_LIKELIHOOD, printed, 1014.9268))
                .isCloseTo(1.5e-4, within(Math.ulp(1.5e-4)));
    }

    @Test
    void a_printed_variance_is_met_within_the_stopping_error_of_the_program_that_printed_it() {
        assertThat(DemandedDigits.tolerance(Quantity.VARIANCE, new BigDecimal("14.81751"), 14.81751))
                .isEqualTo(2e-5 * 14.81751);
        assertThat(DemandedDigits.tolerance(Quantity.FIXED, new BigDecimal("6.209896"), 6.209896))
                .isEqualTo(5e-6 * 6.209896);
    }

    @Test
    void the_decision_record_states_the_digits_that_are_demanded() throws Exception {
        String text = Files.readString(Path.of("..", "docs", "adr", "0006-demanded-digits.md"));
        Map<String, Quantity> rows = Map.of(
                "log-likelihood", Quantity.LOG_LIKELIHOOD,
                "fixed effect", Quantity.FIXED,
                "variance or covariance of random effects", Quantity.VARIANCE,
                "residual variance", Quantity.SIGMA2,
                "predicted random effect, its standard deviations", Quantity.EFFECT_SD);

        rows.forEach((words, q) -> {
            Matcher m = Pattern.compile("\\| " + words + " \\| (all|\\d+) \\| (\\d+) \\| (\\d+) \\|")
                    .matcher(text);
            assertThat(m.find()).as(words).isTrue();
            double computed = m.group(1).equals("all") ? Digits.CAP : Integer.parseInt(m.group(1));
            assertThat(DemandedDigits.of(Agreement.DIGITS, q, 16, false))
                    .as(words)
                    .isEqualTo(computed);
            assertThat(DemandedDigits.of(Agreement.EXACT, q, 16, false))
                    .as(words)
                    .isEqualTo(Integer.parseInt(m.group(2)));
            assertThat(DemandedDigits.of(Agreement.DIGITS, q, 16, true))
                    .as(words)
                    .isEqualTo(Integer.parseInt(m.group(3)));
        });
    }
}
