package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private final Judge computed = new Judge(CaseFilesTest.shipped("sleepstudy_ri_ml"), false);
    private final Judge second = new Judge(CaseFilesTest.shipped("sleepstudy_ri_ml"), true);
    private final Judge printed = new Judge(CaseFilesTest.shipped("pig_random_intercept_printed"), false);

    @Test
    void a_figure_agrees_from_the_demanded_digits_on() {
        BigDecimal one = BigDecimal.ONE;

        assertThat(computed.figure(Quantity.FIXED, "x", one, 1 + 0.9e-12, 1).agrees())
                .isTrue();
        assertThat(computed.figure(Quantity.FIXED, "x", one, 1 + 1.1e-12, 1).agrees())
                .isFalse();
        assertThat(second.figure(Quantity.FIXED, "x", one, 1 + 0.9e-5, 1).agrees())
                .isTrue();
        assertThat(second.figure(Quantity.FIXED, "x", one, 1 + 1.1e-5, 1).agrees())
                .isFalse();
    }

    @Test
    void digits_beyond_those_of_the_reference_are_not_claimed() {
        Check check = computed.figure(Quantity.FIXED, "x", BigDecimal.ONE, 1.0, 1);

        assertThat(check.digits()).isEqualTo(12);
        assertThat(check.agrees()).isTrue();
    }

    @Test
    void a_figure_that_ours_lacks_does_not_agree() {
        Check check = computed.figure(Quantity.FIXED, "x", BigDecimal.ONE, null, 1);

        assertThat(check.agrees()).isFalse();
        assertThat(check.got()).isEqualTo("absent");
    }

    @Test
    void a_variance_of_zero_must_be_zero() {
        BigDecimal zero = new BigDecimal("0.0");

        assertThat(computed.figure(Quantity.VARIANCE, "var", zero, 0.0, 0).agrees())
                .isTrue();
        assertThat(computed.figure(Quantity.VARIANCE, "var", zero, 1e-200, 0).agrees())
                .isFalse();
    }

    @Test
    void a_printed_log_likelihood_agrees_within_its_last_digit() {
        BigDecimal figure = new BigDecimal("-1014.9268");

        assertThat(printed.figure(Quantity.LOG_LIKELIHOOD, "logLik", figure, -1014.92691, 1014.9268)
                        .agrees())
                .isTrue();
        assertThat(printed.figure(Quantity.LOG_LIKELIHOOD, "logLik", figure, -1014.92700, 1014.9268)
                        .agrees())
                .isFalse();
    }

    @Test
    void facts_are_equal_or_not() {
        assertThat(Judge.fact("status", "boundary", "boundary").agrees()).isTrue();
        assertThat(Judge.fact("status", "boundary", "converged").agrees()).isFalse();
    }

    @Test
    void a_higher_likelihood_of_a_generalized_model_agrees_and_says_so() {
        Judge generalized = new Judge(CaseFilesTest.shipped("contraception_ri_laplace"), false);
        BigDecimal figure = new BigDecimal("-1206.5");

        Check higher = generalized.figure(Quantity.LOG_LIKELIHOOD, "logLik", figure, -1206.49, 1206.5);
        assertThat(higher.agrees()).isTrue();
        assertThat(higher.higher()).isTrue();
        Check equal = generalized.figure(Quantity.LOG_LIKELIHOOD, "logLik", figure, -1206.5, 1206.5);
        assertThat(equal.agrees()).isTrue();
        assertThat(equal.higher()).isFalse();
        Check lower = generalized.figure(Quantity.LOG_LIKELIHOOD, "logLik", figure, -1206.51, 1206.5);
        assertThat(lower.agrees()).isFalse();
        assertThat(lower.higher()).isFalse();
        assertThat(generalized
                        .figure(Quantity.LOG_LIKELIHOOD, "logLik", figure, Double.POSITIVE_INFINITY, 1206.5)
                        .agrees())
                .isFalse();
        // more of anything else is no better
        assertThat(generalized
                        .figure(Quantity.FIXED, "x", BigDecimal.ONE, 1.1, 1)
                        .agrees())
                .isFalse();
    }

    @Test
    void a_linear_model_has_one_likelihood_which_higher_is_wrong() {
        assertThat(computed.figure(Quantity.LOG_LIKELIHOOD, "logLik", new BigDecimal("-897.0"), -896.0, 897)
                        .agrees())
                .isFalse();
    }
}
