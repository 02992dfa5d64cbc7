package henderson.testkit;

import static henderson.testkit.Laws.assertCaught;
import static henderson.testkit.Laws.assertKept;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Batch;
import henderson.api.Certificate;
import henderson.api.Clusters;
import henderson.api.Convergence;
import henderson.api.Criterion;
import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Registry;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The laws of estimators hold for one that is right, and fail for each that breaks them. */
class BrokenEstimatorsTest {
    private record Context(Registry registry, Clusters clusters, FitListener listener) implements FitContext {}

    private static class Contract implements EstimatorContract {
        private final Estimator estimator;

        Contract(Estimator estimator) {
            this.estimator = estimator;
        }

        @Override
        public Estimator estimator() {
            return estimator;
        }

        @Override
        public FitContext context(Clusters clusters) {
            return new Context(Registry.ofStructures(new SameVariance()), clusters, FitListener.SILENT);
        }
    }

    /** Does something to a fit. */
    private interface Change {
        Fit of(Model model, FitOptions options, FitContext context, Fit fit);
    }

    private static Contract broken(Change change) {
        return new Contract(new OneVariance() {
            @Override
            public Fit fit(Model model, FitOptions options, FitContext context) {
                return change.of(model, options, context, super.fit(model, options, context));
            }
        });
    }

    private static Fit with(Fit f, double addedToBeta, double logLikelihood, Convergence convergence, Certificate c) {
        double[] beta = f.beta().clone();
        for (int j = 0; j < beta.length; j++) {
            beta[j] += addedToBeta;
        }
        return new Fit(
                f.model(),
                f.options(),
                f.estimator(),
                f.optimizer(),
                logLikelihood,
                f.nullLogLikelihood(),
                beta,
                f.betaCovariance(),
                f.sigma2(),
                f.random(),
                f.residual(),
                f.parameters(),
                f.parameterCovariance(),
                convergence,
                c,
                f.history(),
                f.evaluations(),
                f.effects(),
                f.notes(),
                f.seconds());
    }

    private static Fit moved(Fit f, double addedToBeta) {
        return with(f, addedToBeta, f.logLikelihood(), f.convergence(), f.certificate());
    }

    @Test
    void a_right_estimator_keeps_every_law() {
        Contract contract = new Contract(new OneVariance()) {
            @Override
            public List<Estimator> others() {
                return List.of(new OneVariance());
            }

            @Override
            public List<Clusters> places() {
                return List.of(new ReferenceClusters());
            }

            @Override
            public List<String> optimizers() {
                return List.of("bisection");
            }
        };
        contract.the_name_is_lower_case();
        contract.it_refuses_with_a_reason_and_takes_something();
        Stream.of(
                        contract.a_legal_model_is_fitted_or_the_reason_is_given(),
                        contract.ordinary_models_are_certified(),
                        contract.a_zero_variance_ends_certified_on_the_boundary(),
                        contract.permuted_rows_give_the_same_numbers(),
                        contract.renamed_levels_give_the_same_numbers(),
                        contract.a_shifted_and_scaled_response_shifts_and_scales_the_numbers(),
                        contract.rescaled_predictors_rescale_their_coefficients(),
                        contract.frequency_weights_replicate_rows(),
                        contract.precision_weights_matter_up_to_a_factor(),
                        contract.an_iteration_limit_stops_with_a_reason_and_culprits(),
                        contract.the_numbers_are_the_same_to_the_last_bit_on_all_clusters(),
                        contract.other_ways_end_at_the_same_optimum())
                .forEach(Laws::assertKept);
    }

    @Test
    void a_refusal_without_words_or_of_everything_is_caught() {
        for (String reason : List.of("", "it is closed today")) {
            Contract contract = new Contract(new OneVariance() {
                @Override
                public @Nullable String refusal(Model model, FitOptions options) {
                    return reason;
                }
            });
            assertThatThrownBy(contract::it_refuses_with_a_reason_and_takes_something)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void an_estimator_that_throws_is_caught() {
        assertCaught(broken((model, options, context, fit) -> {
                    throw new HendersonException("No.");
                })
                .a_legal_model_is_fitted_or_the_reason_is_given());
    }

    @Test
    void a_fit_worse_than_without_random_effects_is_caught() {
        assertCaught(broken((model, options, context, fit) ->
                        with(fit, 0, fit.nullLogLikelihood() - 1e-3, fit.convergence(), fit.certificate()))
                .a_legal_model_is_fitted_or_the_reason_is_given());
    }

    @Test
    void a_certificate_that_is_missing_or_does_not_hold_is_caught() {
        Certificate saddle = new Certificate(0, Double.NaN, 0, 0, 1, List.of(), 1, 1);
        for (Certificate c : new Certificate[] {null, saddle}) {
            assertCaught(
                    broken((model, options, context, fit) -> with(fit, 0, fit.logLikelihood(), fit.convergence(), c))
                            .ordinary_models_are_certified());
        }
    }

    @Test
    void a_boundary_called_converged_is_caught() {
        assertCaught(broken((model, options, context, fit) ->
                        with(fit, 0, fit.logLikelihood(), new Convergence.Converged(), fit.certificate()))
                .a_zero_variance_ends_certified_on_the_boundary());
    }

    @Test
    void numbers_that_depend_on_the_first_row_are_caught() {
        Contract contract = broken((model, options, context, fit) -> {
            Batch first = model.batches().iterator().next();
            return moved(fit, 1e-7 * first.y()[0]);
        });
        assertCaught(contract.permuted_rows_give_the_same_numbers());
    }

    @Test
    void numbers_that_depend_on_the_first_level_are_caught() {
        assertCaught(broken((model, options, context, fit) ->
                        moved(fit, 1e-7 * fit.effects().get(0).values()[0]))
                .renamed_levels_give_the_same_numbers());
    }

    @Test
    void predicted_effects_that_stay_when_levels_move_are_caught() {
        assertCaught(broken((model, options, context, fit) -> {
                    java.util.Arrays.sort(fit.effects().get(0).values());
                    return fit;
                })
                .renamed_levels_give_the_same_numbers());
    }

    @Test
    void a_ridge_is_caught() {
        Contract contract = broken((model, options, context, fit) -> moved(fit, 1e-6));
        assertCaught(contract.a_shifted_and_scaled_response_shifts_and_scales_the_numbers());
        assertCaught(contract.rescaled_predictors_rescale_their_coefficients());
    }

    @Test
    void a_likelihood_without_its_constants_is_caught() {
        Contract contract = broken((model, options, context, fit) -> with(
                fit,
                0,
                fit.logLikelihood() + fit.betaCovariance().numRows * Math.log(fit.sigma2()) / 2,
                fit.convergence(),
                fit.certificate()));
        assertCaught(contract.a_shifted_and_scaled_response_shifts_and_scales_the_numbers());
        assertCaught(contract.precision_weights_matter_up_to_a_factor());
    }

    @Test
    void rows_counted_instead_of_frequencies_are_caught() {
        assertCaught(broken((model, options, context, fit) ->
                        with(fit, 0, fit.logLikelihood() - 1e-6 * model.rows(), fit.convergence(), fit.certificate()))
                .frequency_weights_replicate_rows());
    }

    @Test
    void a_limit_ignored_or_without_culprits_is_caught() {
        assertCaught(new Contract(new OneVariance() {
                    @Override
                    public Fit fit(Model model, FitOptions options, FitContext context) {
                        return super.fit(model, options.withIterations(1000), context);
                    }
                })
                .an_iteration_limit_stops_with_a_reason_and_culprits());
        assertCaught(broken((model, options, context, fit) -> with(
                        fit,
                        0,
                        fit.logLikelihood(),
                        new Convergence.Stopped("the limit of 0 was reached", List.of()),
                        null))
                .an_iteration_limit_stops_with_a_reason_and_culprits());
    }

    @Test
    void another_bit_on_other_clusters_is_caught() {
        Contract contract =
                new Contract(new OneVariance() {
                    @Override
                    public Fit fit(Model model, FitOptions options, FitContext context) {
                        Fit fit = super.fit(model, options, context);
                        boolean other = context.clusters().threads() > 1;
                        return moved(fit, other ? Math.ulp(fit.beta()[0]) : 0);
                    }
                }) {
                    @Override
                    public List<Clusters> places() {
                        return List.of(new Clusters() {
                            @Override
                            public int threads() {
                                return 2;
                            }

                            @Override
                            public <A> A fold(int leaves, henderson.api.Fold<A> fold) {
                                return new ReferenceClusters().fold(leaves, fold);
                            }
                        });
                    }
                };
        assertCaught(contract.the_numbers_are_the_same_to_the_last_bit_on_all_clusters());
    }

    @Test
    void another_optimum_is_caught() {
        Estimator another = new OneVariance() {
            @Override
            public Fit fit(Model model, FitOptions options, FitContext context) {
                return super.fit(model, options.withCriterion(Criterion.ML), context);
            }
        };
        Contract contract = new Contract(new OneVariance()) {
            @Override
            public List<Estimator> others() {
                return List.of(another);
            }
        };
        assertCaught(contract.other_ways_end_at_the_same_optimum());
        assertKept(contract.ordinary_models_are_certified());
    }
}
