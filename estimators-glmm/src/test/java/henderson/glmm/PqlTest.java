package henderson.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Convergence;
import henderson.api.Family;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Link;
import henderson.api.Model;
import henderson.glmm.family.Binomial;
import henderson.glmm.family.Log;
import henderson.glmm.family.Logit;
import henderson.glmm.family.NegativeBinomial;
import henderson.glmm.family.Poisson;
import henderson.structures.Unstructured;
import henderson.testkit.InMemoryModel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Penalized quasi-likelihood against the same iteration in R by dense algebra, the linear predictor staying to 1e-13 and the
 * variance found as the root of its score; MASS::glmmPQL gives the same to 6 digits. The data are sums of remainders, the same
 * in both languages.
 */
class PqlTest {
    private static final int GROUPS = 16;
    private static final int SIZE = 6;

    private static double[] counts() {
        double[] y = new double[GROUPS * SIZE];
        for (int r = 0; r < y.length; r++) {
            int g = r / SIZE;
            int i = r % SIZE;
            y[r] = (7 * g * g + 3 * i + 5 * g * i) % 5 + g % 4 + i * (g % 3) / 3;
        }
        return y;
    }

    private static double[] ones() {
        double[] y = new double[GROUPS * SIZE];
        for (int r = 0; r < y.length; r++) {
            int g = r / SIZE;
            int i = r % SIZE;
            y[r] = (7 * g * g + 3 * i + 5 * g * i) % 7 < 2 + g % 4 ? 1 : 0;
        }
        return y;
    }

    private static Model model(double[] y, Family family, Link link) {
        double[][] x = new double[y.length][];
        double[][] z = new double[y.length][];
        int[] level = new int[y.length];
        Arrays.setAll(x, r -> new double[] {1, (r % SIZE - 2.5) / 2});
        Arrays.setAll(z, r -> new double[] {1});
        Arrays.setAll(level, r -> r / SIZE);
        return InMemoryModel.builder(y, x)
                .term("g", level, z, new Unstructured())
                .family(Simulated.bound(y, family, link, null))
                .build();
    }

    private static Fit fit(Model model) {
        return new Pql().fit(model, FitOptions.DEFAULT, Context.plain());
    }

    @Test
    void counts_have_the_estimates_of_the_published_method() {
        Fit fit = fit(model(counts(), new Poisson(), new Log()));

        assertThat(fit.beta()).containsExactly(new double[] {1.3592421210355, 0.1637282325705}, within(1e-8));
        assertThat(fit.parameters().get(0).estimate()).isCloseTo(0.0839141823749, within(1e-8));
        assertThat(fit.notes()).anySatisfy(note -> {
            assertThat(note.code()).isEqualTo("pql");
            assertThat(note.text()).contains("not maximum likelihood").contains("0.6575");
        });
    }

    @Test
    void ones_have_the_estimates_of_the_published_method() {
        Fit fit = fit(model(ones(), new Binomial(), new Logit()));

        assertThat(fit.beta()).containsExactly(new double[] {0.3789655090201, -0.7013537424422}, within(1e-8));
        assertThat(fit.parameters().get(0).estimate()).isCloseTo(0.4183946425329, within(1e-8));
        assertThat(fit.notes()).anySatisfy(note -> assertThat(note.text()).contains("0.9004"));
    }

    @Test
    void it_is_never_called_maximum_likelihood_and_its_log_likelihood_is_laplaces() {
        Model model = model(ones(), new Binomial(), new Logit());
        Fit rough = fit(model);
        Fit best = new Glmm().fit(model, FitOptions.DEFAULT.withIntegration("laplace"), Context.plain());

        assertThat(rough.convergence()).isInstanceOf(Convergence.Stopped.class);
        assertThat(rough.convergence().certified()).isFalse();
        assertThat(((Convergence.Stopped) rough.convergence()).reason()).contains("not maximum likelihood");
        assertThat(rough.logLikelihood()).isLessThan(best.logLikelihood());
        assertThat(rough.logLikelihood()).isCloseTo(best.logLikelihood(), within(1.0));
        assertThat(rough.integrated()).isNotNull();
        assertThat(rough.integrated().shift()).isNaN();
        assertThat(rough.integrated().unknown()).contains("no maximum");
        assertThat(rough.notes()).noneMatch(note -> note.code().equals("integration-error"));
        Fit again = new Pql().at(model, rough, FitOptions.DEFAULT, Context.plain());
        assertThat(again.logLikelihood()).isCloseTo(rough.logLikelihood(), within(1e-10));
        assertThat(again.convergence()).isEqualTo(rough.convergence());
        assertThat(new Pql().maximizes()).isFalse();
        assertThat(new Glmm().maximizes()).isTrue();
    }

    @Test
    void a_limit_of_iterations_is_told() {
        Model model = model(ones(), new Binomial(), new Logit());
        Fit fit = new Pql().fit(model, FitOptions.DEFAULT.withIterations(2), Context.plain());

        assertThat(((Convergence.Stopped) fit.convergence()).reason()).contains("within 2 iterations");
    }

    @Test
    void what_it_does_not_fit_is_refused_by_name() {
        Pql pql = new Pql();
        Model counts = model(counts(), new NegativeBinomial(), new Log());

        assertThat(pql.refusal(counts, FitOptions.DEFAULT)).contains("own parameters");
        Model ones = model(ones(), new Binomial(), new Logit());
        assertThat(pql.refusal(ones, FitOptions.DEFAULT)).isNull();
        assertThat(pql.refusal(ones, FitOptions.DEFAULT.withIntegration("agq"))).contains("agq");
        assertThat(pql.refusal(ones, FitOptions.DEFAULT.withOptimizer("bfgs"))).contains("bfgs");
    }
}
