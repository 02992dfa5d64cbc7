package henderson.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Convergence;
import henderson.api.CovarianceStructure;
import henderson.api.Criterion;
import henderson.api.Family;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Link;
import henderson.api.Model;
import henderson.api.Optimizer;
import henderson.equations.SequentialClusters;
import henderson.equations.ThreadedClusters;
import henderson.equations.generalized.Approximation;
import henderson.equations.generalized.Approximations;
import henderson.equations.generalized.Integration;
import henderson.equations.generalized.JointParameters;
import henderson.equations.generalized.Posterior;
import henderson.glmm.Glmm;
import henderson.glmm.family.Binomial;
import henderson.glmm.family.Gamma;
import henderson.glmm.family.Log;
import henderson.glmm.family.Logit;
import henderson.glmm.family.NegativeBinomial;
import henderson.glmm.family.Ordinal;
import henderson.glmm.family.Poisson;
import henderson.glmm.family.Probit;
import henderson.structures.Exchangeable;
import henderson.structures.Independent;
import henderson.structures.Unstructured;
import henderson.testkit.InMemoryModel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EM for generalized models beside the estimator that searches on the exact gradient. */
class GeneralizedEmTest {
    /** How far two certified optima may be apart, in standard errors: twice what a decrement of 1e-12 allows. */
    private static final double SAME = 3e-6;

    private static FitOptions rule(String name, int points) {
        return FitOptions.DEFAULT.withIntegration(name).withPoints(points);
    }

    private static Fit em(Model model, FitOptions options) {
        return new GeneralizedExpectationMaximization().fit(model, options, Context.plain());
    }

    private static Fit glmm(Model model, FitOptions options) {
        return new Glmm().fit(model, options, Context.plain());
    }

    /** Seeded rows in groups, each of which is split in two. */
    private record Rows(double[] eta, double[][] x, int[] outer, int[] inner, Random random) {
        static Rows of(int groups, int size, double sd, double slope, double within, long seed) {
            Random random = new Random(seed);
            int n = groups * size;
            Rows out = new Rows(new double[n], new double[n][2], new int[n], new int[n], random);
            for (int g = 0; g < groups; g++) {
                double b = sd * random.nextGaussian();
                double s = slope * random.nextGaussian();
                double[] c = {within * random.nextGaussian(), within * random.nextGaussian()};
                for (int i = 0; i < size; i++) {
                    int row = g * size + i;
                    double x = random.nextGaussian();
                    out.x[row] = new double[] {1, x};
                    out.outer[row] = g;
                    out.inner[row] = 2 * g + i % 2;
                    out.eta[row] = 0.3 + 0.5 * x + b + s * x + c[i % 2];
                }
            }
            return out;
        }

        double[] ones() {
            return Arrays.stream(eta)
                    .map(e -> random.nextDouble() < 1 / (1 + Math.exp(-e)) ? 1 : 0)
                    .toArray();
        }

        double[] counts() {
            return Arrays.stream(eta).map(e -> poisson(Math.exp(e))).toArray();
        }

        private double poisson(double mean) {
            int k = 0;
            for (double p = random.nextDouble(); p > Math.exp(-mean); p *= random.nextDouble()) {
                k++;
            }
            return k;
        }

        double[] positive() {
            return Arrays.stream(eta)
                    .map(e -> -Math.exp(e) * (Math.log(random.nextDouble()) + Math.log(random.nextDouble())) / 2)
                    .toArray();
        }

        double[] grades() {
            return Arrays.stream(eta)
                    .map(e -> e + 0.8 * random.nextGaussian())
                    .map(e -> e < -0.5 ? 0 : e < 0.8 ? 1 : 2)
                    .toArray();
        }

        InMemoryModel.Builder model(double[] y, Family family, Link link, boolean slope, CovarianceStructure kind) {
            String[] levels = family instanceof Ordinal ? new String[] {"low", "middle", "high"} : null;
            double[][] ownX = new double[y.length][];
            double[][] z = new double[y.length][];
            for (int i = 0; i < z.length; i++) {
                z[i] = slope ? x[i] : new double[] {1};
                ownX[i] = family instanceof Ordinal ? new double[] {x[i][1]} : x[i];
            }
            return InMemoryModel.builder(y, ownX)
                    .term("g", outer, z, kind)
                    .family(family.bind(new Family.Response("y", y, null, null, levels), link));
        }
    }

    private static Model nestedModel() {
        Rows rows = Rows.of(40, 12, 0.8, 0, 0.7, 5);
        double[] y = rows.ones();
        double[][] one = new double[y.length][];
        Arrays.fill(one, new double[] {1});
        return rows.model(y, new Binomial(), new Logit(), false, new Unstructured())
                .term("h", rows.inner, one, new Unstructured())
                .build();
    }

    private record Case(String name, Model model, FitOptions options) {
        @Override
        public String toString() {
            return name + ", " + options.integration();
        }
    }

    static Stream<Case> cases() {
        Rows plain = Rows.of(40, 6, 1.1, 0, 0, 1);
        Rows slopes = Rows.of(50, 8, 0.6, 0.5, 0, 2);
        Rows wide = Rows.of(40, 6, 0.7, 0, 0, 3);
        Model ones = plain.model(plain.ones(), new Binomial(), new Logit(), false, new Unstructured())
                .build();
        Model counts = slopes.model(slopes.counts(), new Poisson(), new Log(), true, new Unstructured())
                .build();
        return Stream.of(
                new Case("ones", ones, rule("laplace", 1)),
                new Case("ones", ones, rule("agq", 7)),
                new Case("ones", ones, rule("agq", 3)),
                new Case("ones", ones, rule("mvaghermite", 5)),
                new Case("ones", ones, rule("ghermite", 15)),
                new Case("ones", ones, rule("auto", 0)),
                new Case(
                        "probit",
                        plain.model(plain.ones(), new Binomial(), new Probit(), false, new Unstructured())
                                .build(),
                        rule("agq", 7)),
                new Case("slopes", counts, rule("laplace", 1)),
                new Case("slopes", counts, rule("agq", 5)),
                new Case(
                        "independent slopes",
                        slopes.model(slopes.counts(), new Poisson(), new Log(), true, new Independent())
                                .build(),
                        rule("mvaghermite", 5)),
                new Case(
                        "exchangeable slopes",
                        slopes.model(slopes.ones(), new Binomial(), new Logit(), true, new Exchangeable())
                                .build(),
                        rule("agq", 5)),
                new Case("two levels", nestedModel(), rule("agq", 5)),
                new Case("two levels", nestedModel(), rule("laplace", 1)),
                new Case(
                        "negative binomial",
                        wide.model(wide.counts(), new NegativeBinomial(), new Log(), false, new Unstructured())
                                .build(),
                        rule("agq", 5)),
                new Case(
                        "gamma",
                        wide.model(wide.positive(), new Gamma(), new Log(), false, new Unstructured())
                                .build(),
                        rule("agq", 5)),
                new Case(
                        "ordinal",
                        wide.model(wide.grades(), new Ordinal(), new Logit(), false, new Unstructured())
                                .build(),
                        rule("agq", 7)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void it_ends_where_the_search_on_the_gradient_ends(Case each) {
        Fit other = glmm(each.model, each.options);
        Fit ours = em(each.model, each.options);
        assertThat(ours.convergence().certified())
                .as(ours.convergence().toString())
                .isTrue();
        assertThat(ours.certificate().decrement()).isLessThan(1e-12);
        assertThat(ours.logLikelihood()).isCloseTo(other.logLikelihood(), within(1e-9));
        for (int j = 0; j < ours.beta().length; j++) {
            double se = Math.sqrt(other.betaCovariance().get(j, j));
            assertThat(ours.beta()[j]).isCloseTo(other.beta()[j], within(SAME * se));
            assertThat(Math.sqrt(ours.betaCovariance().get(j, j))).isCloseTo(se, within(1e-5 * se));
        }
        for (int k = 0; k < ours.parameters().size(); k++) {
            double se = Math.sqrt(other.parameterCovariance().get(k, k));
            assertThat(ours.parameters().get(k).estimate())
                    .as(ours.parameters().get(k).name())
                    .isCloseTo(other.parameters().get(k).estimate(), within(Double.isNaN(se) ? 1e-9 : SAME * se));
        }
        assertThat(ours.integrated()).isNotNull();
        assertThat(ours.integrated().points()).isEqualTo(other.integrated().points());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void it_never_descends(Case each) {
        List<Optimizer.Step> steps =
                em(each.model, each.options.withIterations(60)).history();
        for (int k = 1; k < steps.size(); k++) {
            double before = steps.get(k - 1).value();
            if (!each.options.integration().equals("auto")) { // a finer rule is another likelihood
                assertThat(steps.get(k).value()).isLessThanOrEqualTo(before + 1e-11 * Math.abs(before) + 1e-9);
            }
        }
        assertThat(steps.size()).isGreaterThan(3);
    }

    /** Theory (133) and (136): two roads to the same moments and scores, which meet as the quadrature becomes exact. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void posterior_moments_are_those_that_the_gradient_implies(boolean two) {
        Rows rows = Rows.of(30, 6, 1.1, 0.4, 0, 8);
        Model model = two
                ? nestedModel()
                : rows.model(rows.counts(), new NegativeBinomial(), new Log(), true, new Unstructured())
                        .build();
        int points = 25;
        SequentialClusters here = new SequentialClusters();
        Approximation approximation = Approximations.of(model, new Integration(Integration.Method.AGQ, points), here);
        Posterior posterior = new Posterior(model, points, here);
        JointParameters parameters = new JointParameters(model);
        DMatrixRMaj[] lambda = parameters.matrices();
        lambda[0].set(0, 0, 0.9);
        if (two) {
            lambda[1].set(0, 0, 0.6);
        } else {
            lambda[0].set(1, 0, -0.2);
            lambda[0].set(1, 1, 0.5);
        }
        double[] beta = {0.2, 0.4};
        double[] phi = two ? new double[0] : new double[] {-0.7};
        approximation.value(beta, lambda, phi);
        double[] byBeta = new double[2];
        double[] byPhi = new double[phi.length];
        DMatrixRMaj[] byLambda = parameters.matrices();
        approximation.gradient(byBeta, byLambda, byPhi);
        assertThat(posterior.update(beta, lambda, phi)).isTrue();
        double[] score = posterior.score();
        for (int j = 0; j < 2; j++) {
            assertThat(score[j]).isCloseTo(-byBeta[j] / 2, within(1e-6 * (1 + Math.abs(score[j]))));
        }
        for (int k = 0; k < phi.length; k++) {
            assertThat(score[2 + k]).isCloseTo(-byPhi[k] / 2, within(1e-6 * (1 + Math.abs(score[2 + k]))));
        }
        for (int t = 0; t < lambda.length; t++) {
            int q = lambda[t].numRows;
            for (int i = 0; i < q * q; i++) {
                double own = score[posterior.first(t) + i / q * posterior.stride(t) + i % q];
                assertThat(own).isCloseTo(-byLambda[t].data[i] / 2, within(1e-5));
            }
            DMatrixRMaj second = posterior.second(t);
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    double implied = i == j ? posterior.levels(t) : 0;
                    for (int k = 0; k < q; k++) {
                        implied -= lambda[t].get(k, i) * byLambda[t].get(k, j) / 2;
                    }
                    assertThat(second.get(i, j)).isCloseTo(implied, within(1e-5));
                }
            }
        }
    }

    /** Minus the derivative of the score at fixed nodes; here of a family whose information in β is what it is known to be. */
    @Test
    void information_of_complete_data_without_random_effects_is_that_of_the_fixed_ones() {
        Rows rows = Rows.of(20, 6, 0, 0, 0, 9);
        Model model = rows.model(rows.counts(), new Poisson(), new Log(), false, new Unstructured())
                .build();
        Posterior posterior = new Posterior(model, 5, new SequentialClusters());
        double[] beta = {0.1, 0.4};
        assertThat(posterior.update(beta, new DMatrixRMaj[] {new DMatrixRMaj(1, 1)}, new double[0]))
                .isTrue();
        double[][] expected = new double[2][2];
        for (double[] x : rows.x) {
            double mean = Math.exp(beta[0] + beta[1] * x[1]);
            for (int j = 0; j < 2; j++) {
                for (int k = 0; k < 2; k++) {
                    expected[j][k] += mean * x[j] * x[k];
                }
            }
        }
        for (int j = 0; j < 2; j++) {
            for (int k = 0; k < 2; k++) {
                assertThat(posterior.information().get(j, k)).isCloseTo(expected[j][k], within(1e-9));
            }
        }
        assertThat(posterior.second(0).get(0, 0)).isCloseTo(20, within(1e-12)); // nothing is learnt of v
    }

    @Test
    void a_variance_at_zero_is_a_boundary_optimum() {
        int found = 0;
        for (int seed = 17; seed < 21; seed++) {
            Rows rows = Rows.of(60, 4, 0, 0, 0, seed);
            Model model = rows.model(rows.ones(), new Binomial(), new Logit(), false, new Unstructured())
                    .build();
            Fit other = glmm(model, rule("agq", 7));
            Fit ours = em(model, rule("agq", 7));
            assertThat(ours.convergence()).isEqualTo(other.convergence());
            assertThat(ours.logLikelihood()).isCloseTo(other.logLikelihood(), within(1e-9));
            assertThat(ours.beta()).containsExactly(other.beta(), within(1e-7));
            found += other.convergence() instanceof Convergence.Boundary ? 1 : 0;
        }
        assertThat(found).isPositive();
    }

    @Test
    void a_singular_covariance_is_found() {
        Rows rows = Rows.of(60, 6, 0.8, 0, 0, 21);
        Model model = rows.model(rows.counts(), new Poisson(), new Log(), true, new Unstructured())
                .build();
        Fit other = glmm(model, rule("agq", 5));
        Fit ours = em(model, rule("agq", 5));
        assertThat(other.convergence()).isInstanceOf(Convergence.Boundary.class);
        assertThat(ours.convergence()).isEqualTo(other.convergence());
        assertThat(ours.logLikelihood()).isCloseTo(other.logLikelihood(), within(1e-9));
    }

    @Test
    void a_fit_is_computed_anew_at_its_parameters() {
        Case each = cases().toList().get(1);
        Fit fit = em(each.model, each.options);
        Fit again = new GeneralizedExpectationMaximization().at(each.model, fit, each.options, Context.plain());
        assertThat(again.estimator()).isEqualTo("em-glmm");
        assertThat(again.logLikelihood()).isCloseTo(fit.logLikelihood(), within(1e-10));
        assertThat(again.convergence()).isEqualTo(fit.convergence());
        assertThat(again.certificate().decrement()).isLessThan(1e-12);
    }

    @Test
    void threads_give_the_same_bits() {
        try (ThreadedClusters two = new ThreadedClusters(2)) {
            Case each = cases().toList().get(8);
            Fit one = em(each.model, each.options);
            Fit other = new GeneralizedExpectationMaximization().fit(each.model, each.options, Context.with(two));
            assertThat(other.beta()).isEqualTo(one.beta());
            assertThat(other.logLikelihood()).isEqualTo(one.logLikelihood());
        }
    }

    @Test
    void what_it_does_not_fit_is_refused_by_name() {
        Rows rows = Rows.of(10, 6, 1, 0, 0, 4);
        double[] y = rows.ones();
        double[][] one = new double[y.length][];
        int[] other = new int[y.length];
        for (int i = 0; i < y.length; i++) {
            one[i] = new double[] {1};
            other[i] = i % 6;
        }
        Model crossed = rows.model(y, new Binomial(), new Logit(), false, new Unstructured())
                .term("k", other, one, new Unstructured())
                .build();
        GeneralizedExpectationMaximization estimator = new GeneralizedExpectationMaximization();
        assertThat(estimator.refusal(crossed, FitOptions.DEFAULT))
                .contains("crossed")
                .contains("'glmm'");
        Model linear = InMemoryModel.builder(y, rows.x)
                .term("g", rows.outer, one, new Unstructured())
                .build();
        assertThat(estimator.refusal(linear, FitOptions.DEFAULT)).contains("linear");
        assertThat(estimator.refusal(nestedModel(), FitOptions.DEFAULT.withCriterion(Criterion.REML)))
                .contains("REML");
        assertThat(estimator.refusal(nestedModel(), FitOptions.DEFAULT.withOptimizer("bfgs")))
                .contains("bfgs");
    }
}
