package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.testkit.KnownFits;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class IntraclassCorrelationTest {
    /** A dozen operations on doubles, some of which cancel two digits. */
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-10);

    @Test
    void balanced_data_follow_from_the_ratio_of_mean_squares() {
        double f = 2_856_191.0 / 432 / 48 / (19_390_159.0 / 11_520 / 384);
        double rho = (f - 1) / (f + 8); // of nine weeks
        double slope = 9 * f / ((f + 8) * (f + 8)); // dρ/d log F
        double se = slope * Math.sqrt(2.0 / 48 + 2.0 / 384);

        List<Estimate> all = IntraclassCorrelation.of(KnownFits.pig(), List.of("id"), 95);

        assertThat(all).hasSize(1);
        Estimate icc = all.get(0);
        assertThat(icc.name()).isEqualTo("id");
        assertThat(icc.estimate()).isCloseTo(rho, ROUNDING);
        assertThat(icc.standardError()).isCloseTo(se, ROUNDING);
        double half = new Intervals(95).quantile() * se / (rho * (1 - rho));
        double logit = Math.log(rho / (1 - rho));
        assertThat(icc.lower()).isCloseTo(1 / (1 + Math.exp(half - logit)), ROUNDING);
        assertThat(icc.upper()).isCloseTo(1 / (1 + Math.exp(-half - logit)), ROUNDING);
    }

    @Test
    void random_slopes_stand_at_zero() {
        Fit fit = KnownFits.sleepstudy();
        double intercept = fit.random().get(0).covariance().get(0, 0);

        Estimate icc = IntraclassCorrelation.of(fit, List.of("Subject"), 95).get(0);

        assertThat(icc.estimate()).isCloseTo(intercept / (intercept + fit.sigma2()), ROUNDING);
        assertThat(icc.standardError()).isPositive();
    }

    @Test
    void at_a_variance_of_zero_it_is_zero_without_a_standard_error() {
        Estimate icc = IntraclassCorrelation.of(KnownFits.dyestuff2(), List.of("Batch"), 95)
                .get(0);

        assertThat(icc.estimate()).isZero();
        assertThat(icc.standardError()).isNull();
    }

    @Test
    void crossed_factors_are_refused() {
        assertThatThrownBy(() -> IntraclassCorrelation.of(KnownFits.pig(), null, 95))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("crossed");
    }
}
