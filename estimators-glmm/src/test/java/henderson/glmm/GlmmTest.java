package henderson.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Convergence;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Optimizer;
import henderson.equations.linear.LinearProblem;
import henderson.glmm.family.Binomial;
import henderson.glmm.family.Gamma;
import henderson.glmm.family.Gaussian;
import henderson.glmm.family.Identity;
import henderson.glmm.family.Log;
import henderson.glmm.family.Logit;
import henderson.glmm.family.NegativeBinomial;
import henderson.glmm.family.Ordinal;
import henderson.glmm.family.Poisson;
import henderson.glmm.family.Probit;
import henderson.structures.Unstructured;
import henderson.testkit.InMemoryModel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole fits of generalized models. */
class GlmmTest {
    private static final FitOptions LAPLACE = FitOptions.DEFAULT.withIntegration("laplace");

    private static Fit fit(Model model, FitOptions options) {
        return new Glmm().fit(model, options, Context.plain());
    }

    private static FitOptions rule(String name, int points) {
        return FitOptions.DEFAULT.withIntegration(name).withPoints(points);
    }

    @ParameterizedTest
    @ValueSource(strings = {"laplace", "agq", "mvaghermite"})
    void a_normal_response_gives_the_linear_fit(String integration) {
        Simulated data = Simulated.of(20, 6, 0.8, 11);
        double[] y = data.response(e -> e + 0.7 * data.random().nextGaussian());
        for (boolean slope : new boolean[] {false, true}) {
            Model linear = data.builder(y, slope, new Unstructured()).build();
            Model generalized = data.builder(y, slope, new Unstructured())
                    .family(Simulated.bound(y, new Gaussian(), new Identity(), null))
                    .build();
            LinearProblem problem = LinearProblem.of(linear, FitOptions.DEFAULT, Context.plain());
            double[] tau = problem.start();
            problem.objective().restrict(tau, problem.parameters().free(tau));
            Optimizer.Optimum end = Context.plain()
                    .registry()
                    .optimizer(Glmm.OPTIMIZER)
                    .minimize(problem.objective(), tau, new Optimizer.Limits(100, 1000, 1e-20), s -> {});
            Fit ours = fit(generalized, rule(integration, 0));
            assertThat(ours.logLikelihood()).isCloseTo(-end.value() / 2, within(1e-8));
            problem.objective().value(end.x());
            double[] beta = problem.objective().evaluation().beta();
            assertThat(ours.beta()).containsExactly(beta, within(1e-7));
            assertThat(ours.sigma2()).isCloseTo(problem.objective().evaluation().sigma2(), within(1e-7));
            assertThat(ours.convergence().certified()).isTrue(); // the slope's variance is at its boundary
        }
    }

    @Test
    void quadratures_agree_and_their_errors_are_what_refining_shows() {
        Simulated data = Simulated.of(60, 5, 1.2, 12);
        Model model = data.model(data.ones(), new Binomial(), new Logit());
        Fit laplace = fit(model, LAPLACE);
        Fit three = fit(model, rule("agq", 3));
        Fit fine = fit(model, rule("agq", 25));
        Fit moments = fit(model, rule("mvaghermite", 25));
        Fit plain = fit(model, rule("ghermite", 101));
        for (Fit each : List.of(laplace, three, fine, moments, plain)) {
            assertThat(each.convergence()).isInstanceOf(Convergence.Converged.class);
            assertThat(each.history().get(each.history().size() - 1).iteration())
                    .isLessThan(25);
        }
        assertThat(moments.logLikelihood()).isCloseTo(fine.logLikelihood(), within(1e-7));
        assertThat(plain.logLikelihood()).isCloseTo(fine.logLikelihood(), within(1e-6));
        assertThat(moments.beta()).containsExactly(fine.beta(), within(1e-6));
        // the shift foretold is the shift found, to first order
        double found = 0;
        for (int j = 0; j < 2; j++) {
            double se = Math.sqrt(laplace.betaCovariance().get(j, j));
            found = Math.max(found, Math.abs(laplace.beta()[j] - three.beta()[j]) / se);
        }
        double variance = Math.abs(laplace.parameters().get(0).estimate()
                        - three.parameters().get(0).estimate())
                / Math.sqrt(laplace.parameterCovariance().get(0, 0));
        assertThat(laplace.integrated()).isNotNull();
        assertThat(laplace.integrated().shift()).isCloseTo(Math.max(found, variance), within(0.3 * variance));
        assertThat(fine.integrated().shift()).isLessThan(1e-4);
        assertThat(Math.abs(fine.integrated().change())).isLessThan(1e-6);
    }

    /** The table of docs/glmm.md. */
    @Test
    void quadratures_converge_on_a_hard_case() {
        Simulated data = Simulated.of(100, 4, 4, 2024);
        Model model = data.model(data.ones(), new Binomial(), new Logit());
        double exact = fit(model, rule("agq", 101)).logLikelihood();
        assertThat(exact).isCloseTo(-208.3018052, within(1e-7));
        for (String name : List.of("agq", "mvaghermite", "ghermite")) {
            double before = Double.POSITIVE_INFINITY;
            for (int points : new int[] {7, 15, 25, 51}) {
                Fit fit = fit(model, rule(name, points));
                double error = Math.abs(fit.logLikelihood() - exact);
                assertThat(error).as("%s, %d points", name, points).isLessThan(before);
                before = error;
                if (points == 7 && !name.equals("ghermite")) {
                    assertThat(Math.abs(fit.integrated().change())).isBetween(0.01, 1.0);
                }
            }
            assertThat(before).isLessThan(name.equals("ghermite") ? 1e-2 : 1e-6);
        }
        Fit three = fit(model, rule("agq", 3));
        assertThat(three.notes()).anyMatch(n -> n.code().equals("integration-error"));
    }

    @Test
    void the_rule_that_refines_itself_says_where_it_stopped() {
        Simulated data = Simulated.of(40, 4, 1.5, 13);
        Model model = data.model(data.ones(), new Binomial(), new Logit());
        Fit auto = fit(model, rule("auto", 0));
        Fit fine = fit(model, rule("agq", 51));
        assertThat(auto.logLikelihood()).isCloseTo(fine.logLikelihood(), within(2e-6));
        assertThat(auto.notes())
                .anyMatch(n -> n.text().contains("agq, " + auto.integrated().points() + " points"));
    }

    @Test
    void without_variance_the_fit_is_on_the_boundary_and_equals_the_model_without_effects() {
        Simulated data = Simulated.of(30, 6, 0, 14);
        double[] y = data.ones();
        for (int i = 0; i < y.length; i += 2) { // pairs of opposite values: less than no variance
            y[i + 1] = 1 - y[i];
        }
        for (String integration : List.of("laplace", "agq", "mvaghermite")) {
            Fit fit = fit(data.model(y, new Binomial(), new Logit()), rule(integration, 0));
            assertThat(fit.convergence()).as(integration).isInstanceOf(Convergence.Boundary.class);
            assertThat(fit.parameters().get(0).estimate()).isEqualTo(0);
            assertThat(fit.parameterCovariance().get(0, 0)).isNaN();
            assertThat(fit.logLikelihood()).isCloseTo(fit.nullLogLikelihood(), within(1e-9));
            assertThat(fit.certificate().boundaryCurvature()).isPositive();
        }
    }

    @Test
    void a_slope_without_variance_is_a_boundary_too() {
        Simulated data = Simulated.of(50, 8, 1, 15);
        double[] y = data.counts();
        Model model = data.builder(y, true, new Unstructured())
                .family(Simulated.bound(y, new Poisson(), new Log(), null))
                .build();
        Fit fit = fit(model, LAPLACE);
        assertThat(fit.convergence().certified())
                .as(fit.convergence().toString())
                .isTrue();
    }

    @Test
    void a_predictor_that_separates_is_named() {
        Simulated data = Simulated.of(20, 5, 0.5, 16);
        double[] complete = new double[data.eta().length];
        double[] partly = data.ones();
        double[][] x = new double[complete.length][3];
        for (int i = 0; i < complete.length; i++) {
            complete[i] = data.x()[i][1] > 0.3 ? 1 : 0;
            x[i] = new double[] {1, data.x()[i][1], i % 7 == 0 ? 1 : 0};
            partly[i] = i % 7 == 0 ? 1 : partly[i]; // one level of the last predictor has one outcome only
        }
        assertThatThrownBy(() -> fit(data.model(complete, new Binomial(), new Logit()), LAPLACE))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("'x1' separates");
        double[][] z = new double[x.length][1];
        for (double[] row : z) {
            row[0] = 1;
        }
        Model model = InMemoryModel.builder(partly, x)
                .term("g", data.level(), z, new Unstructured())
                .family(Simulated.bound(partly, new Binomial(), new Probit(), null))
                .build();
        assertThatThrownBy(() -> fit(model, LAPLACE))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("'x2' separates");
    }

    @Test
    void clusters_of_zeros_and_of_ones_are_fine() {
        Simulated data = Simulated.of(40, 3, 3, 17);
        double[] y = data.ones();
        for (int i = 0; i < 30; i++) {
            y[i] = i < 15 ? 0 : 1;
        }
        for (String integration : List.of("laplace", "agq", "mvaghermite")) {
            Fit fit = fit(data.model(y, new Binomial(), new Logit()), rule(integration, 0));
            assertThat(fit.convergence()).as(integration).isInstanceOf(Convergence.Converged.class);
        }
    }

    @Test
    void families_with_parameters_of_their_own_report_them() {
        Simulated data = Simulated.of(40, 8, 0.7, 18);
        Random random = data.random();
        double[] positive =
                data.response(e -> Math.exp(e) * (-Math.log(random.nextDouble()) - Math.log(random.nextDouble())) / 2);
        double[] counts = data.response(e -> {
            double mean = Math.exp(e) * (-Math.log(random.nextDouble()));
            int k = 0;
            for (double p = random.nextDouble(); p > Math.exp(-mean); p *= random.nextDouble()) {
                k++;
            }
            return k;
        });
        double[] ordered = data.response(e -> {
            double latent = e + Math.log(1 / random.nextDouble() - 1);
            return latent < -0.5 ? 0 : latent < 1 ? 1 : 2;
        });
        Fit gamma = fit(data.model(positive, new Gamma(), new Log()), LAPLACE);
        Fit negative = fit(data.model(counts, new NegativeBinomial(), new Log()), rule("mvaghermite", 7));
        double[][] slope = new double[ordered.length][1];
        double[][] one = new double[ordered.length][1];
        for (int i = 0; i < slope.length; i++) {
            slope[i][0] = data.x()[i][1];
            one[i][0] = 1;
        }
        Fit ordinal = fit(
                InMemoryModel.builder(ordered, slope)
                        .term("g", data.level(), one, new Unstructured())
                        .family(Simulated.bound(ordered, new Ordinal(), new Logit(), new String[] {"a", "b", "c"}))
                        .build(),
                rule("agq", 9));
        for (Fit each : List.of(gamma, negative, ordinal)) {
            assertThat(each.convergence()).as(each.parameters().toString()).isInstanceOf(Convergence.Converged.class);
            for (int k = 0; k < each.parameters().size(); k++) {
                assertThat(each.parameterCovariance().get(k, k)).isPositive();
            }
        }
        assertThat(gamma.parameters().get(1).term()).isEqualTo(-2);
        assertThat(gamma.parameters().get(1).estimate()).isCloseTo(0.5, within(0.15)); // a sum of two exponentials
        assertThat(negative.parameters().get(1).estimate()).isCloseTo(1, within(0.5));
        assertThat(ordinal.parameters().get(1).estimate()).isCloseTo(-0.7, within(0.5));
        assertThat(ordinal.parameters().get(2).estimate()).isCloseTo(0.8, within(0.5));
    }

    @Test
    void crossed_effects_take_laplace_with_an_error_by_importance_sampling() {
        Simulated data = Simulated.of(12, 12, 0.5, 19);
        double[] y = data.counts();
        int[] second = new int[y.length];
        double[][] one = new double[y.length][1];
        for (int i = 0; i < y.length; i++) {
            second[i] = i % 12;
            one[i][0] = 1;
        }
        Model model = data.builder(y, false, new Unstructured())
                .term("h", second, one, new Unstructured())
                .family(Simulated.bound(y, new Poisson(), new Log(), null))
                .build();
        Fit fit = fit(model, FitOptions.DEFAULT);
        assertThat(fit.convergence().certified()).isTrue();
        assertThat(fit.integrated().method()).isEqualTo("laplace");
        assertThat(fit.integrated().nextMethod()).isEqualTo("importance sampling");
        assertThat(fit.integrated().monteCarloError()).isBetween(0.0, 0.1);
        assertThat(fit.integrated().change()).isCloseTo(0, within(0.2));
        assertThatThrownBy(() -> fit(model, rule("mvaghermite", 7)))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void the_optimum_does_not_depend_on_the_optimizer() {
        Simulated data = Simulated.of(40, 6, 1, 20);
        Model model = data.model(data.ones(), new Binomial(), new Logit());
        Fit newton = fit(model, LAPLACE);
        Fit bfgs = fit(model, LAPLACE.withOptimizer("bfgs"));
        assertThat(bfgs.logLikelihood()).isCloseTo(newton.logLikelihood(), within(1e-9));
        assertThat(bfgs.beta()).containsExactly(newton.beta(), within(1e-7));
    }

    @Test
    void links_with_a_narrow_domain_find_a_start() {
        Simulated data = Simulated.of(40, 10, 0.4, 22);
        double[] y = data.response(e -> data.random().nextDouble() < Math.exp(Math.min(0.3 * e - 1.5, -0.05)) ? 1 : 0);
        Fit fit = fit(data.model(y, new Binomial(), new Log()), LAPLACE);
        assertThat(fit.convergence().certified())
                .as(fit.convergence().toString())
                .isTrue();
        assertThat(fit.beta()[0]).isCloseTo(-1.5, within(0.4));
        assertThat(fit.beta()[1]).isCloseTo(0.18, within(0.15));
    }

    @Test
    void linear_models_and_restricted_likelihoods_are_refused() {
        Simulated data = Simulated.of(5, 4, 1, 21);
        double[] y = data.ones();
        assertThat(new Glmm().refusal(data.builder(y, false, new Unstructured()).build(), FitOptions.DEFAULT))
                .contains("linear");
        assertThat(new Glmm()
                        .refusal(
                                data.model(y, new Binomial(), new Logit()),
                                FitOptions.DEFAULT.withCriterion(henderson.api.Criterion.REML)))
                .contains("REML");
    }
}
