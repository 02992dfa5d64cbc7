package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Clusters;
import henderson.api.CovarianceStructure;
import henderson.api.Criterion;
import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.Fold;
import henderson.api.Optimizer;
import henderson.api.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every estimator of linear models must do with the designs it takes: numbers that belong to each other, judged by the
 * likelihood in high precision, and a certificate that is true. Every design is fitted by ML and REML.
 */
public interface EstimatorContract {
    /** The estimator under test. */
    Estimator estimator();

    /** The structure of every random term. */
    CovarianceStructure structure();

    /** Arrangements of grouping factors it takes. */
    default List<RandomDesigns.Arrangement> arrangements() {
        return List.of(RandomDesigns.Arrangement.ONE_BALANCED, RandomDesigns.Arrangement.ONE_UNBALANCED);
    }

    /** Optimizers it may ask the registry for. */
    default List<Optimizer> optimizers() {
        return List.of();
    }

    /** Designs with and without weights, sizes 1 to 3, effects as large as the noise and ten times as large. */
    private List<Design> designs() {
        List<Design> out = new ArrayList<>();
        for (int size = 1; size <= 3; size++) {
            for (RandomDesigns.Arrangement arrangement : arrangements()) {
                for (RandomDesigns.Options options : List.of(
                        RandomDesigns.Options.PLAIN,
                        new RandomDesigns.Options(true, false, 1),
                        new RandomDesigns.Options(false, true, 1),
                        new RandomDesigns.Options(false, false, 10))) {
                    out.add(RandomDesigns.draw(arrangement, options, size, 500 + out.size()));
                }
            }
        }
        return out;
    }

    private Fit fit(InMemoryModel model, FitOptions options) {
        assertThat(estimator().refusal(model, options)).isNull();
        Registry registry =
                Registry.of(List.of(structure()), List.of(), List.of(), List.of(), optimizers(), List.of(estimator()));
        return estimator().fit(model, options, new Context(registry));
    }

    private Fit fit(Design design, Criterion criterion) {
        return fit(design.model(structure()).build(), FitOptions.DEFAULT.withCriterion(criterion));
    }

    private Stream<DynamicTest> forEachFit(FitLaw law) {
        return designs().stream().flatMap(d -> Stream.of(Criterion.values())
                .map(c -> DynamicTest.dynamicTest(c + ", " + d.name(), () -> law.check(d, c, fit(d, c)))));
    }

    /** The likelihood in high precision, {@code β} and {@code σ²} at their best, at the coordinates of a fit. */
    private static DenseLikelihood dense(Design design, List<double[]> taus, Fit fit) {
        Design moved = design;
        for (int t = 0; t < taus.size(); t++) {
            int q = design.terms().get(t).columns();
            int[] all = java.util.stream.IntStream.range(0, q).toArray();
            DMatrixRMaj lambda = new DMatrixRMaj(q, q);
            fit.random().get(t).term().structure().factor(taus.get(t), all, lambda);
            double[][] rows = new double[q][q];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    rows[i][j] = lambda.get(i, j);
                }
            }
            moved = moved.withLambda(t, rows);
        }
        return moved.dense();
    }

    private static List<double[]> taus(Fit fit) {
        return fit.random().stream().map(r -> r.tau().clone()).toList();
    }

    /** The name is what people type. */
    @Test
    default void the_name_is_lower_case() {
        assertThat(estimator().name()).isNotBlank().isEqualTo(estimator().name().toLowerCase(Locale.ROOT));
    }

    /** Likelihood, fixed effects, their covariance and {@code σ²} are those of the variance parameters. */
    @TestFactory
    default Stream<DynamicTest> the_numbers_of_a_fit_belong_to_each_other() {
        return forEachFit((design, criterion, fit) -> {
            DenseSolution s = dense(design, taus(fit), fit).profiled(criterion);
            // sums of n products, differences of them where the effects are ten times the noise
            assertThat(fit.deviance()).isCloseTo(s.objective(), within(1e-9 * Math.max(1, Math.abs(s.objective()))));
            assertThat(fit.sigma2()).isCloseTo(s.sigmaSquared(), within(1e-9 * s.sigmaSquared()));
            for (int i = 0; i < fit.beta().length; i++) {
                double se = Math.sqrt(s.betaCovariance()[i][i]);
                assertThat(fit.beta()[i]).isCloseTo(s.beta()[i], within(1e-9 * Math.max(se, Math.abs(s.beta()[i]))));
                assertThat(Math.sqrt(fit.betaCovariance().get(i, i))).isCloseTo(se, within(1e-9 * se));
            }
            for (int t = 0; t < fit.effects().size(); t++) {
                double[] wanted = Arrays.stream(s.randomEffects(t))
                        .flatMapToDouble(Arrays::stream)
                        .toArray();
                double largest = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
                assertThat(fit.effects().get(t).values())
                        .containsExactly(wanted, within(1e-8 * Math.max(largest, Math.sqrt(s.sigmaSquared()))));
            }
        });
    }

    /** The covariance matrices on the response's scale are {@code σ²} times those of the coordinates. */
    @TestFactory
    default Stream<DynamicTest> covariances_are_on_the_scale_of_the_response() {
        return forEachFit((design, criterion, fit) -> fit.random().forEach(r -> {
            int q = r.covariance().numRows;
            int[] all = java.util.stream.IntStream.range(0, q).toArray();
            DMatrixRMaj g = r.term().structure().matrix(r.tau(), all, new DMatrixRMaj(q, q));
            for (int i = 0; i < q * q; i++) {
                double wanted = fit.sigma2() * g.data[i];
                // rounding of a product
                assertThat(r.covariance().data[i]).isCloseTo(wanted, within(1e-13 * Math.abs(wanted)));
            }
        }));
    }

    /** Where a fit says it is certified, no point nearby is better. */
    @TestFactory
    default Stream<DynamicTest> a_certified_optimum_is_one() {
        return forEachFit((design, criterion, fit) -> {
            assertThat(fit.convergence().certified())
                    .as("%s", fit.convergence())
                    .isTrue();
            assertThat(fit.certificate()).isNotNull().matches(c -> c.holds());
            double here = dense(design, taus(fit), fit).profiled(criterion).objective();
            for (int t = 0; t < fit.random().size(); t++) {
                for (int k = 0; k < fit.random().get(t).tau().length; k++) {
                    for (double step : new double[] {-0.1, -1e-3, 1e-3, 0.1}) {
                        List<double[]> moved = taus(fit);
                        moved.get(t)[k] += step;
                        double there =
                                dense(design, moved, fit).profiled(criterion).objective();
                        // a decrement of 1e-12 leaves as much to gain, and d rounds at 1e-13
                        assertThat(there).as("step %s", step).isGreaterThan(here - 2e-12);
                    }
                }
            }
        });
    }

    /** Parameters on a boundary are named in the way the fit ended, and have no standard error. */
    @TestFactory
    default Stream<DynamicTest> a_boundary_is_said() {
        return forEachFit((design, criterion, fit) -> {
            // a covariance matrix may lose rank while no parameter of its own is on a boundary
            if (fit.parameters().stream().anyMatch(Fit.Parameter::boundary)) {
                assertThat(fit.convergence().status()).isEqualTo("boundary");
            }
            assertThat(fit.convergence().status()).isIn("converged", "boundary");
            for (int k = 0; k < fit.parameters().size(); k++) {
                double variance = fit.parameterCovariance().get(k, k);
                boolean boundary = fit.parameters().get(k).boundary();
                assertThat(boundary ? Double.isNaN(variance) : variance > 0)
                        .as("variance %s", variance)
                        .isTrue();
            }
        });
    }

    /** The response in other units: everything follows. */
    @TestFactory
    default Stream<DynamicTest> units_of_the_response_do_not_matter() {
        return forEachFit((design, criterion, fit) -> {
            double[] y = Arrays.stream(design.y()).map(v -> 1024 * v).toArray();
            Fit scaled = fit(
                    new Design(design.name(), design.seed(), y, design.x(), design.terms(), design.weights()),
                    criterion);
            int nu = criterion == Criterion.ML ? y.length : y.length - fit.beta().length;
            double wanted = fit.deviance() + 2 * nu * Math.log(1024);
            // both at decrement 1e-12
            assertThat(scaled.deviance()).isCloseTo(wanted, within(1e-9 * Math.max(1, Math.abs(wanted))));
            assertThat(scaled.convergence().status())
                    .isEqualTo(fit.convergence().status());
        });
    }

    /** The same bits each time. */
    @TestFactory
    default Stream<DynamicTest> a_fit_repeats_itself_to_the_bit() {
        return forEachFit((design, criterion, fit) -> {
            Fit again = fit(design, criterion);
            assertThat(again.logLikelihood()).isEqualTo(fit.logLikelihood());
            assertThat(again.beta()).containsExactly(fit.beta());
        });
    }

    /** Stopped before the first step it still returns, and certifies only what is an optimum. */
    @TestFactory
    default Stream<DynamicTest> a_fit_without_iterations_returns() {
        return designs().stream()
                .map(d -> DynamicTest.dynamicTest(d.name(), () -> {
                    Fit fit = fit(d.model(structure()).build(), FitOptions.DEFAULT.withIterations(0));
                    Fit best = fit(d, Criterion.ML);
                    assertThat(fit.history()).hasSizeLessThanOrEqualTo(1);
                    if (fit.convergence().certified()) {
                        // rounding of d
                        assertThat(fit.deviance())
                                .isCloseTo(best.deviance(), within(1e-9 * Math.max(1, best.deviance())));
                    } else {
                        assertThat(fit.convergence().status()).isIn("stopped", "failed");
                    }
                }));
    }

    /** A law of one fit. */
    interface FitLaw {
        /** Checks it. */
        void check(Design design, Criterion criterion, Fit fit);
    }

    /** What an estimator is given: a registry, one thread, nobody who listens. */
    record Context(Registry registry) implements FitContext {
        @Override
        public Clusters clusters() {
            return new Clusters() {
                @Override
                public <A> A fold(int leaves, Fold<A> fold) {
                    return tree(0, leaves, fold);
                }
            };
        }

        /** Halves, down to single leaves, merged left to right. */
        private static <A> A tree(int from, int to, Fold<A> fold) {
            if (to - from <= 1) {
                A out = fold.create();
                if (to > from) {
                    fold.accumulate(from, out);
                }
                return out;
            }
            int middle = (from + to) >>> 1;
            A left = tree(from, middle, fold);
            fold.merge(left, tree(middle, to, fold));
            return left;
        }

        @Override
        public FitListener listener() {
            return FitListener.SILENT;
        }
    }
}
