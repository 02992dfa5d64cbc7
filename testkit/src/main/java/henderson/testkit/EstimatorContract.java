package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Clusters;
import henderson.api.Convergence;
import henderson.api.CovarianceStructure;
import henderson.api.Criterion;
import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.PositionKind;
import henderson.api.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every estimator of linear models must obey, in whole fits. A model it refuses is passed over, but one at least it
 * must take. Implement it in a test class:
 *
 * <pre>{@code
 * class NewtonContractTest implements EstimatorContract {
 *     public Estimator estimator() {
 *         return new Newton();
 *     }
 *
 *     public FitContext context(Clusters clusters) {
 *         return new Context(registry, clusters, FitListener.SILENT);
 *     }
 * }
 * }</pre>
 */
public interface EstimatorContract {
    /** The estimator under test. */
    Estimator estimator();

    /** What it fits with: a registry with at least one structure for random effects, and these clusters. */
    FitContext context(Clusters clusters);

    /** Options of all fits but the criterion. */
    default FitOptions options() {
        return FitOptions.DEFAULT;
    }

    /** How far two fits of the same model may be apart, in standard errors, when only its form differs. */
    default double sameModel() {
        return 1e-8;
    }

    /** How far two ways to the same optimum may be apart, in standard errors. */
    default double sameOptimum() {
        return 1e-5;
    }

    /** Places to sum over clusters that must give the same bits. */
    default List<Clusters> places() {
        return List.of();
    }

    /** Names of optimizers, registered in the context, that must find the same optimum. */
    default List<String> optimizers() {
        return List.of();
    }

    /** Other estimators that must find the same optimum. */
    default List<Estimator> others() {
        return List.of();
    }

    /** Structures of the registry that want to know nothing of positions, each once. */
    private List<CovarianceStructure> kinds() {
        List<CovarianceStructure> out =
                context(new ReferenceClusters()).registry().structures(Side.RANDOM).values().stream()
                        .filter(s -> s.positions() == PositionKind.NONE)
                        .distinct()
                        .toList();
        assertThat(out).as("structures for random effects in the registry").isNotEmpty();
        return out;
    }

    /** Both criteria; terms of one column are the same under every structure, so that one kind will do. */
    private List<EstimatorCase> cases(List<Design> designs) {
        List<EstimatorCase> out = new ArrayList<>();
        List<CovarianceStructure> all = kinds();
        for (Design design : designs) {
            boolean wide = design.terms().stream().anyMatch(t -> t.columns() > 1);
            for (CovarianceStructure kind : wide ? all : all.subList(0, 1)) {
                for (Criterion criterion : Criterion.values()) {
                    out.add(new EstimatorCase(design, kind, options().withCriterion(criterion)));
                }
            }
        }
        return out;
    }

    /** A test for each case that is not refused. */
    private Stream<DynamicTest> forEach(List<Design> designs, Consumer<EstimatorCase> law) {
        return cases(designs).stream()
                .filter(c -> estimator().refusal(c.model(), c.options()) == null)
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> law.accept(c)));
    }

    private Fit fit(EstimatorCase c) {
        return estimator().fit(c.model(), c.options(), context(new ReferenceClusters()));
    }

    /** The name is what people type. */
    @Test
    default void the_name_is_lower_case() {
        assertThat(estimator().name()).isNotBlank().isEqualTo(estimator().name().toLowerCase(Locale.ROOT));
    }

    /** Law 1: a refusal is a sentence, and something is taken. */
    @Test
    default void it_refuses_with_a_reason_and_takes_something() {
        List<EstimatorCase> taken = new ArrayList<>();
        for (EstimatorCase c : cases(EstimatorSamples.ordinary())) {
            String refusal = estimator().refusal(c.model(), c.options());
            if (refusal == null) {
                taken.add(c);
            } else {
                assertThat(refusal).isNotBlank();
            }
        }
        assertThat(taken).isNotEmpty();
    }

    /** Law 2: a legal model never throws; its fit has finite numbers, and a certificate or the reason why not. */
    @TestFactory
    default Stream<DynamicTest> a_legal_model_is_fitted_or_the_reason_is_given() {
        return forEach(EstimatorSamples.hostile(), c -> {
            Fit fit = fit(c);
            assertThat(fit.estimator()).isEqualTo(estimator().name());
            if (fit.convergence() instanceof Convergence.Stopped stopped) {
                assertThat(stopped.reason()).isNotBlank();
            } else {
                assertCertified(fit);
            }
            assertFinite(fit);
            // more parameters never fit worse
            assertThat(fit.logLikelihood())
                    .isGreaterThan(fit.nullLogLikelihood() - 1e-8 * (1 + Math.abs(fit.nullLogLikelihood())));
        });
    }

    /** Law 3: everyday models are certified. */
    @TestFactory
    default Stream<DynamicTest> ordinary_models_are_certified() {
        return forEach(EstimatorSamples.ordinary(), c -> {
            Fit fit = fit(c);
            assertCertified(fit);
            assertFinite(fit);
            int shown = fit.history().size();
            assertThat(shown).as("steps in the history").isPositive();
            assertThat(fit.history().get(shown - 1).value())
                    .as("the last step is the end")
                    .isCloseTo(fit.deviance(), within(1e-8 * (1 + Math.abs(fit.deviance()))));
        });
    }

    private static void assertCertified(Fit fit) {
        assertThat(fit.convergence().certified())
                .as("%s, %s", fit.convergence(), fit.certificate())
                .isTrue();
        assertThat(fit.certificate()).isNotNull().satisfies(c -> assertThat(c.holds())
                .isTrue());
    }

    private static void assertFinite(Fit fit) {
        assertThat(fit.logLikelihood()).isFinite();
        assertThat(fit.sigma2()).isPositive().isFinite();
        assertThat(Arrays.stream(fit.beta())).allMatch(Double::isFinite);
        fit.parameters().forEach(p -> assertThat(p.estimate()).as(p.name()).isFinite());
        fit.effects()
                .forEach(
                        e -> assertThat(Arrays.stream(e.values())).as("effects").allMatch(Double::isFinite));
    }

    /** Law 4: a zero variance is a result: certified, on its boundary, exactly zero, without a standard error. */
    @TestFactory
    default Stream<DynamicTest> a_zero_variance_ends_certified_on_the_boundary() {
        return forEach(List.of(EstimatorSamples.noVariance()), c -> {
            Fit fit = fit(c);
            assertCertified(fit);
            assertThat(fit.convergence()).isInstanceOf(Convergence.Boundary.class);
            assertThat(fit.parameters().get(0).boundary()).isTrue();
            assertThat(fit.parameters().get(0).estimate()).isZero();
            assertThat(fit.parameterCovariance().get(0, 0)).isNaN();
            assertThat(fit.logLikelihood())
                    .isCloseTo(fit.nullLogLikelihood(), within(1e-12 * (1 + Math.abs(fit.nullLogLikelihood()))));
        });
    }

    /** Law 5: the order of the rows does not matter. */
    @TestFactory
    default Stream<DynamicTest> permuted_rows_give_the_same_numbers() {
        return forEach(EstimatorSamples.ordinary(), c -> {
            int[] order = EstimatorSamples.shuffled(
                    c.design().rows(), new Random(c.design().seed()));
            Fit permuted = fit(c.with(EstimatorSamples.rows(c.design(), order)));
            FitNumbers.of(fit(c)).assertSame(FitNumbers.of(permuted), sameModel());
        });
    }

    /** Law 6: the names and the order of the levels do not matter; predicted effects go with their levels. */
    @TestFactory
    default Stream<DynamicTest> renamed_levels_give_the_same_numbers() {
        return forEach(EstimatorSamples.ordinary(), c -> {
            Random random = new Random(c.design().seed());
            int[][] names = c.design().terms().stream()
                    .map(t -> EstimatorSamples.shuffled(t.levels(), random))
                    .toArray(int[][]::new);
            Fit fit = fit(c);
            Fit renamed = fit(c.with(EstimatorSamples.renamed(c.design(), names)));
            FitNumbers.of(fit).assertSame(FitNumbers.of(renamed), sameModel());
            for (int t = 0; t < names.length; t++) {
                double[][] before = FitNumbers.effects(fit, t);
                double[][] after = FitNumbers.effects(renamed, t);
                double unit = Math.sqrt(fit.sigma2());
                for (int level = 0; level < before.length; level++) {
                    assertThat(after[names[t][level]])
                            .as("effects of level %d", level)
                            .containsExactly(before[level], within(10 * sameModel() * unit));
                }
            }
        });
    }

    /** Law 7: {@code a + by} for y moves the intercept by a and multiplies effects by b and variances by b². */
    @TestFactory
    default Stream<DynamicTest> a_shifted_and_scaled_response_shifts_and_scales_the_numbers() {
        return forEach(EstimatorSamples.ordinary(), c -> {
            FitNumbers numbers = FitNumbers.of(fit(c));
            int contrasts = c.design().rows()
                    - (c.criterion() == Criterion.ML ? 0 : c.design().x()[0].length);
            for (double[] ab : new double[][] {{-7, 1}, {0, 1e-6}, {3, -2}, {-4e4, 2e5}}) {
                Fit moved = fit(c.with(EstimatorSamples.response(c.design(), ab[0], ab[1])));
                numbers.response(ab[0], ab[1], 0, contrasts).assertSame(FitNumbers.of(moved), sameModel());
            }
        });
    }

    /** Law 8: the unit of a predictor does not matter; REML is of X as it is given. */
    @TestFactory
    default Stream<DynamicTest> rescaled_predictors_rescale_their_coefficients() {
        return forEach(EstimatorSamples.ordinary(), c -> {
            FitNumbers numbers = FitNumbers.of(fit(c));
            for (double by : new double[] {1e-8, 1e8}) {
                double gain = c.criterion() == Criterion.ML ? 0 : -Math.log(by);
                Fit scaled = fit(c.with(EstimatorSamples.scaled(c.design(), 1, by)));
                numbers.column(1, by, gain).assertSame(FitNumbers.of(scaled), sameModel());
            }
        });
    }

    /** Law 9: a frequency weight is that many rows. */
    @TestFactory
    default Stream<DynamicTest> frequency_weights_replicate_rows() {
        return forEach(EstimatorSamples.ordinary(), c -> {
            int n = c.design().rows();
            double[] times = IntStream.range(0, n).mapToDouble(i -> 1 + i % 3).toArray();
            int[] order = IntStream.range(0, n)
                    .flatMap(i -> IntStream.generate(() -> i).limit((long) times[i]))
                    .toArray();
            Fit counted = estimator()
                    .fit(c.builder().frequencies(times).build(), c.options(), context(new ReferenceClusters()));
            Fit written = fit(c.with(EstimatorSamples.rows(c.design(), order)));
            FitNumbers.of(written).assertSame(FitNumbers.of(counted), sameModel());
        });
    }

    /** Law 10: c times the precision weights give the same fit with c times the residual variance. */
    @TestFactory
    default Stream<DynamicTest> precision_weights_matter_up_to_a_factor() {
        return forEach(EstimatorSamples.ordinary(), c -> {
            double[] w = new Random(c.design().seed())
                    .doubles(c.design().rows(), 0.2, 5)
                    .toArray();
            FitNumbers numbers = FitNumbers.of(fit(c.with(EstimatorSamples.weighted(c.design(), w))));
            for (double factor : new double[] {1e-3, 250}) {
                double[] more = Arrays.stream(w).map(v -> factor * v).toArray();
                Fit fit = fit(c.with(EstimatorSamples.weighted(c.design(), more)));
                numbers.weights(factor).assertSame(FitNumbers.of(fit), sameModel());
            }
        });
    }

    /** Law 11: at its limit a fit returns what it has, says so, and names what is likely behind it with figures. */
    @TestFactory
    default Stream<DynamicTest> an_iteration_limit_stops_with_a_reason_and_culprits() {
        return forEach(EstimatorSamples.badlyPosed(), c -> {
            assertStopped(fit(c.with(c.options().withIterations(0))), 0);
            Fit one = fit(c.with(c.options().withIterations(1)));
            if (one.convergence().certified()) { // a good start may be one step away
                assertCertified(one);
            } else {
                assertStopped(one, 1);
            }
        });
    }

    private static void assertStopped(Fit fit, int limit) {
        assertThat(fit.convergence()).isInstanceOf(Convergence.Stopped.class);
        Convergence.Stopped stopped = (Convergence.Stopped) fit.convergence();
        assertThat(stopped.reason()).contains(Integer.toString(limit));
        assertThat(stopped.culprits())
                .anySatisfy(
                        text -> assertThat(text).contains("x1").contains("x2").containsPattern("[0-9]"));
        assertFinite(fit);
    }

    /** Law 12: the same bits wherever sums are computed, and every time. */
    @TestFactory
    default Stream<DynamicTest> the_numbers_are_the_same_to_the_last_bit_on_all_clusters() {
        List<Design> designs = new ArrayList<>(EstimatorSamples.ordinary());
        designs.add(EstimatorSamples.many());
        return forEach(designs, c -> {
            List<double[]> wanted = FitNumbers.all(fit(c));
            List<Clusters> all = new ArrayList<>(places());
            all.add(new ReferenceClusters());
            for (Clusters place : all) {
                List<double[]> got = FitNumbers.all(estimator().fit(c.model(), c.options(), context(place)));
                assertThat(got.size()).isEqualTo(wanted.size());
                for (int i = 0; i < wanted.size(); i++) {
                    assertThat(got.get(i)).as("%s, numbers %d", place, i).isEqualTo(wanted.get(i));
                }
            }
        });
    }

    /** Law 13: another optimizer, or another estimator, ends at the same optimum. */
    @TestFactory
    default Stream<DynamicTest> other_ways_end_at_the_same_optimum() {
        List<Design> designs = new ArrayList<>(EstimatorSamples.ordinary());
        designs.add(EstimatorSamples.noVariance());
        return forEach(designs, c -> {
            FitNumbers numbers = FitNumbers.of(fit(c));
            for (String optimizer : optimizers()) {
                Fit fit = estimator()
                        .fit(c.model(), c.options().withOptimizer(optimizer), context(new ReferenceClusters()));
                assertCertified(fit);
                assertThat(fit.optimizer()).isEqualTo(optimizer);
                numbers.assertSame(FitNumbers.of(fit), sameOptimum());
            }
            for (Estimator other : others()) {
                if (other.refusal(c.model(), c.options()) == null) {
                    Fit fit = other.fit(c.model(), c.options(), context(new ReferenceClusters()));
                    assertCertified(fit);
                    numbers.assertSame(FitNumbers.of(fit), sameOptimum());
                }
            }
        });
    }
}
