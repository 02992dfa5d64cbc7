package henderson.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundFamily;
import henderson.api.Family;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Link;
import henderson.api.Model;
import henderson.glmm.family.Binomial;
import henderson.glmm.family.Log;
import henderson.glmm.family.Logit;
import henderson.glmm.family.NegativeBinomial;
import henderson.glmm.family.Poisson;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Posterior means against sums over a fine grid, and fits computed anew at their parameters. */
class PosteriorMeansTest {
    private static Fit fit(Model model, String rule, int points) {
        FitOptions options = FitOptions.DEFAULT.withIntegration(rule).withPoints(points);
        return new Glmm().fit(model, options, Context.plain());
    }

    @ParameterizedTest
    @CsvSource({"agq, 25, logit", "mvaghermite, 25, logit", "agq, 25, log", "mvaghermite, 25, log"})
    void posterior_means_and_deviations_are_those_of_the_density(String rule, int points, String link) {
        Simulated data = Simulated.of(12, 5, 0.9, 4);
        boolean counts = link.equals("log");
        double[] y = counts ? data.counts() : data.ones();
        Family family = counts ? new Poisson() : new Binomial();
        Link bound = counts ? new Log() : new Logit();
        Fit fit = fit(data.model(y, family, bound), rule, points);
        Fit.Effects means = Objects.requireNonNull(fit.integrated()).means().get(0);
        BoundFamily f = Simulated.bound(y, family, bound, null);
        double sd = Math.sqrt(fit.random().get(0).covariance().get(0, 0));
        for (int g = 0; g < 12; g++) {
            double[] moments = moments(f, data, fit.beta(), sd, g);
            assertThat(means.values()[g]).isCloseTo(moments[0], within(1e-8));
            assertThat(means.conditional()[g]).isCloseTo(moments[1], within(1e-8));
        }
    }

    /** Mean and variance of {@code b} given the responses of a group, by the trapezoidal rule. */
    private static double[] moments(BoundFamily f, Simulated data, double[] beta, double sd, int group) {
        int n = data.eta().length;
        double[] eta = new double[n];
        double[] out = new double[4 * n];
        double[] sums = new double[3];
        for (double b = -10 * sd; b <= 10 * sd; b += sd / 200) {
            double log = -b * b / (2 * sd * sd);
            for (int i = 0; i < n; i++) {
                eta[i] = beta[0] + beta[1] * data.x()[i][1] + b;
            }
            f.logDensity(0, n, eta, new double[0], 0, out);
            for (int i = 0; i < n; i++) {
                log += data.level()[i] == group ? out[i] : 0;
            }
            double w = Math.exp(log);
            sums[0] += w;
            sums[1] += w * b;
            sums[2] += w * b * b;
        }
        double mean = sums[1] / sums[0];
        return new double[] {mean, sums[2] / sums[0] - mean * mean};
    }

    @ParameterizedTest
    @CsvSource({"laplace, 0", "agq, 7", "mvaghermite, 7"})
    void a_fit_computed_anew_at_its_parameters_is_the_same(String rule, int points) {
        Simulated data = Simulated.of(25, 6, 0.7, 8);
        double[] y = DoubleStream.of(data.counts()).map(k -> 3 * k).toArray(); // more dispersed than Poisson
        Model model = data.model(y, new NegativeBinomial(), new Log());
        Fit fit = fit(model, rule, points);
        Fit again = new Glmm().at(model, fit, fit.options(), Context.plain());
        assertThat(again.logLikelihood()).isCloseTo(fit.logLikelihood(), within(1e-9));
        assertThat(again.nullLogLikelihood()).isCloseTo(fit.nullLogLikelihood(), within(1e-9));
        assertThat(again.beta()).containsExactly(fit.beta());
        for (int k = 0; k < fit.parameters().size(); k++) {
            double se = Math.sqrt(fit.parameterCovariance().get(k, k));
            assertThat(again.parameters().get(k).estimate())
                    .isEqualTo(fit.parameters().get(k).estimate());
            assertThat(Math.sqrt(again.parameterCovariance().get(k, k))).isCloseTo(se, within(1e-6 * se));
        }
        assertThat(Objects.requireNonNull(again.certificate()).holds()).isTrue();
    }

    @Test
    void parameters_of_another_model_are_refused() {
        Simulated data = Simulated.of(10, 6, 0.7, 8);
        double[] y = data.counts();
        Fit fit = fit(data.model(y, new Poisson(), new Log()), "laplace", 0);
        Model other = data.model(y, new NegativeBinomial(), new Log());
        assertThatThrownBy(() -> new Glmm().at(other, fit, fit.options(), Context.plain()))
                .isInstanceOf(HendersonException.class)
                .hasMessage(
                        "The fit has 2 fixed effects, 1 coordinates of random effects and 0 of the family; the model has"
                                + " 2, 1 and 1.");
    }
}
