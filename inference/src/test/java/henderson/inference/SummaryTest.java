package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Convergence;
import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.testkit.KnownFits;
import java.util.List;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final Summary pig = Summary.of(KnownFits.pig());
    private final Summary sleep = Summary.of(KnownFits.sleepstudy());

    /** The optimum's figures in R (lme4 and nlme at tight tolerances), to the ten digits recorded. */
    private static Offset<Double> digits(double value) {
        return within(1e-9 * Math.abs(value));
    }

    private static void sees(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, digits(expected));
    }

    @Test
    void fixed_effects_of_the_pigs_are_those_of_lme4() {
        Coefficient constant = pig.fixed().get(0);
        Coefficient week = pig.fixed().get(1);
        assertThat(week.name()).isEqualTo("week");
        sees(week.estimate(), 6.209895833);
        sees(week.standardError(), 0.03901239291);
        sees(week.statistic(), 159.1775169);
        sees(week.lower(), 6.133432948);
        sees(week.upper(), 6.286358718);
        sees(constant.standardError(), 0.5974055286);
        sees(constant.lower(), 18.18472011);
        sees(constant.upper(), 20.52650675);
        assertThat(week.df()).isNull();
    }

    @Test
    void variance_intervals_of_the_pigs_are_symmetric_on_the_log_scale() {
        Estimate variance = pig.random().get(0).parameters().get(0);
        assertThat(variance.name()).isEqualTo("var((Intercept))");
        sees(variance.estimate(), 14.81749201);
        sees(variance.standardError(), 3.124220067);
        sees(variance.lower(), 9.801704852);
        sees(variance.upper(), 22.39998784);
        Estimate residual = pig.residual().parameters().get(0);
        assertThat(residual.name()).isEqualTo("var(Residual)");
        sees(residual.standardError(), 0.3163348592);
        sees(residual.lower(), 3.805112372);
        sees(residual.upper(), 5.049261309);
    }

    @Test
    void tests_of_the_pigs_are_those_of_lme4() {
        sees(pig.wald().statistic(), 25337.4819);
        assertThat(pig.wald().df()).isEqualTo(1);
        assertThat(pig.wald().pValue()).isZero();
        LikelihoodRatioTest lr = pig.versusNoRandomEffects();
        sees(lr.statistic(), 472.6475648);
        assertThat(lr.distribution()).isEqualTo("chibar2(01)");
        assertThat(lr.df()).isEqualTo(1);
        // half of the chi-squared tail, which is below the smallest p a table shows but not zero
        assertThat(lr.pValue()).isBetween(1e-106, 1e-103);
    }

    @Test
    void a_tail_far_out_keeps_its_digits() {
        double p = pig.fixed().get(0).pValue();
        double z = pig.fixed().get(0).statistic();
        double mills = 2 * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / z;
        // Mills' ratio is 1/z (1 − 1/z² + 3/z⁴ − …): the next term is 15/z⁶
        assertThat(p / mills).isCloseTo(1 - 1 / (z * z) + 3 / Math.pow(z, 4), within(20 / Math.pow(z, 6)));
    }

    @Test
    void information_criteria_count_every_parameter() {
        double deviance = -2 * KnownFits.pig().logLikelihood();
        assertThat(pig.aic()).isEqualTo(deviance + 8);
        assertThat(pig.bic()).isEqualTo(deviance + 4 * Math.log(432));
        assertThat(sleep.aic()).isCloseTo(1763.9393444632, within(1e-9));
        assertThat(sleep.bic()).isCloseTo(1783.09708556854, within(1e-9));
    }

    @Test
    void variances_come_before_covariances_and_name_columns_in_their_order() {
        assertThat(sleep.random().get(0).parameters())
                .extracting(Estimate::name)
                .containsExactly("var((Intercept))", "var(Days)", "cov((Intercept),Days)");
        assertThat(sleep.random().get(0).standardDeviations())
                .extracting(Estimate::name)
                .containsExactly("sd((Intercept))", "sd(Days)", "corr((Intercept),Days)");
        assertThat(sleep.residual().standardDeviations())
                .extracting(Estimate::name)
                .containsExactly("sd(Residual)");
    }

    @Test
    void standard_deviation_and_its_interval_are_roots_of_the_variance() {
        Estimate variance = sleep.random().get(0).parameters().get(1);
        Estimate deviation = sleep.random().get(0).standardDeviations().get(1);
        // two roundings
        assertThat(deviation.estimate() * deviation.estimate()).isCloseTo(variance.estimate(), within(1e-13));
        assertThat(deviation.lower() * deviation.lower()).isCloseTo(variance.lower(), within(1e-12));
        assertThat(deviation.upper() * deviation.upper()).isCloseTo(variance.upper(), within(1e-12));
        sees(deviation.standardError(), variance.standardError() / (2 * deviation.estimate()));
    }

    @Test
    void correlation_has_the_error_of_the_differenced_map_and_an_atanh_interval() {
        Estimate r = sleep.random().get(0).standardDeviations().get(2);
        assertThat(r.estimate()).isCloseTo(0.0813200753619829, within(1e-14));
        Fit fit = KnownFits.sleepstudy();
        double[] at = {565.515366803119, 11.0554290225985, 32.6821971864093};
        double[] g = new double[3];
        for (int k = 0; k < 3; k++) {
            double h = 1e-4 * at[k];
            double[] up = at.clone();
            double[] down = at.clone();
            up[k] += h;
            down[k] -= h;
            g[k] = (up[1] / Math.sqrt(up[0] * up[2]) - down[1] / Math.sqrt(down[0] * down[2])) / (2 * h);
        }
        double variance = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                variance += g[i] * g[j] * fit.parameterCovariance().get(i, j);
            }
        }
        // central differences with relative step 1e-4: truncation of order 1e-8
        assertThat(r.standardError()).isCloseTo(Math.sqrt(variance), within(1e-7 * Math.sqrt(variance)));
        double middle = (atanh(r.lower()) + atanh(r.upper())) / 2;
        assertThat(middle).isCloseTo(atanh(r.estimate()), within(1e-14));
    }

    private static double atanh(double x) {
        return 0.5 * Math.log((1 + x) / (1 - x));
    }

    @Test
    void covariance_has_an_interval_on_its_own_scale() {
        Estimate c = sleep.random().get(0).parameters().get(2);
        assertThat((c.lower() + c.upper()) / 2).isCloseTo(c.estimate(), within(1e-12));
        assertThat(c.standardError()).isCloseTo(42.8757195485384, within(1e-10));
        assertThat((c.upper() - c.lower()) / 2 / c.standardError()).isCloseTo(1.959963984540054, within(1e-13));
    }

    @Test
    void several_added_parameters_make_a_conservative_test() {
        LikelihoodRatioTest lr = sleep.versusNoRandomEffects();
        assertThat(lr.distribution()).isEqualTo("chi2(3)");
        assertThat(lr.mixture()).isFalse();
        assertThat(lr.statistic()).isCloseTo(2 * (950.1465281781818 - 875.969672231599), within(1e-10));
    }

    @Test
    void parameter_on_the_boundary_has_neither_error_nor_interval() {
        Summary s = Summary.of(KnownFits.dyestuff2());
        Estimate variance = s.random().get(0).parameters().get(0);
        Estimate deviation = s.random().get(0).standardDeviations().get(0);
        assertThat(List.of(variance, deviation)).allSatisfy(e -> {
            assertThat(e.estimate()).isZero();
            assertThat(e.boundary()).isTrue();
            assertThat(e.standardError()).isNull();
            assertThat(e.lower()).isNull();
            assertThat(e.upper()).isNull();
        });
        assertThat(s.residual().parameters().get(0).standardError()).isCloseTo(3.44594802343669, within(1e-10));
    }

    @Test
    void a_variance_of_zero_has_p_one() {
        LikelihoodRatioTest lr = Summary.of(KnownFits.dyestuff2()).versusNoRandomEffects();
        assertThat(lr.statistic()).isZero();
        assertThat(lr.pValue()).isEqualTo(1);
    }

    @Test
    void only_a_constant_leaves_no_slopes_to_test() {
        WaldTest wald = Summary.of(KnownFits.dyestuff2()).wald();
        assertThat(wald.df()).isZero();
        assertThat(wald.statistic()).isNull();
        assertThat(wald.pValue()).isNull();
    }

    @Test
    void wald_test_does_not_depend_on_the_scale_of_predictors() {
        DMatrixRMaj v = new DMatrixRMaj(3, 3, true, 1, .2, .1, .2, 2, .5, .1, .5, 3);
        double[] b = {1, 2, 3};
        WaldTest plain = WaldTest.ofSlopes(b, v, 0);
        // (2, 3) [2 .5; .5 3]⁻¹ (2, 3)ᵀ = (3·4 − 2·.5·6 + 2·9) / 5.75
        assertThat(plain.statistic()).isCloseTo(24 / 5.75, within(1e-14));
        double big = 0x1p60;
        DMatrixRMaj w = new DMatrixRMaj(
                3, 3, true, 1, .2 * big, .1 / big, .2 * big, 2 * big * big, .5, .1 / big, .5, 3 / big / big);
        assertThat(WaldTest.ofSlopes(new double[] {1, 2 * big, 3 / big}, w, 0).statistic())
                .isEqualTo(plain.statistic());
    }

    @Test
    void slopes_that_are_not_estimable_give_no_test() {
        DMatrixRMaj singular = new DMatrixRMaj(2, 2, true, 1, 1, 1, 1);
        assertThat(WaldTest.ofSlopes(new double[] {1, 2}, singular, -1).statistic())
                .isNull();
    }

    @Test
    void stopped_below_the_linear_model_gives_no_test() {
        Fit pig = KnownFits.pig();
        Fit worse = KnownFits.fit(
                pig.model(),
                -1300,
                -1251,
                pig.beta(),
                pig.betaCovariance(),
                pig.random().get(0).covariance(),
                pig.parameters(),
                pig.parameterCovariance());
        Fit stopped = KnownFits.ended(worse, new Convergence.Stopped("limit of 1 iteration", List.of()), null);
        assertThat(Summary.of(stopped).versusNoRandomEffects()).isNull();
    }

    @Test
    void sigma_is_the_root_of_the_one_residual_variance() {
        assertThat(sleep.sigma()).isCloseTo(25.5918156267253, within(1e-12));
    }

    @Test
    void ninety_percent_interval_is_narrower() {
        Coefficient week = Summary.of(KnownFits.pig(), 90).fixed().get(1);
        double quantile = (week.upper() - week.estimate()) / week.standardError();
        // the estimate is 160 standard errors: the difference loses two digits
        assertThat(quantile).isCloseTo(1.6448536269514722, within(1e-11));
    }

    @Test
    void a_level_below_one_is_taken_for_a_fraction() {
        assertThatThrownBy(() -> Summary.of(KnownFits.pig(), 0.95))
                .isInstanceOf(HendersonException.class)
                .hasMessage("The confidence level is 0.95; it must be between 10 and 99.99.")
                .extracting(e -> ((HendersonException) e).advice())
                .isEqualTo("Maybe you meant 95.");
    }

    @Test
    void in_one_line_it_says_what_matters() {
        assertThat(pig)
                .hasToString("weight: 432 observations, log-likelihood -1014.9268, converged;"
                        + " (Intercept) 19.3556 (0.5974); week 6.20990 (0.03901)");
    }
}
