package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.Moments;
import henderson.api.Natural;
import henderson.api.Positions;
import henderson.api.Whitening;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** Each law of the contract fails for a structure that breaks it. */
class BrokenStructuresTest {
    /** The contract on a structure with one thing broken. */
    private static CovarianceStructureContract contract(Function<Positions, BoundStructure> broken) {
        CovarianceStructure kind = new FirstOrder() {
            @Override
            public BoundStructure bind(Arguments arguments, Positions positions) {
                return broken.apply(positions);
            }
        };
        return () -> kind;
    }

    private static void assertCaught(Stream<DynamicTest> law) {
        long caught = law.filter(BrokenStructuresTest::fails).count();
        assertThat(caught).isPositive();
    }

    private static boolean fails(DynamicTest test) {
        try {
            test.getExecutable().execute();
            return false;
        } catch (Throwable expected) {
            return true;
        }
    }

    @Test
    void a_wrong_derivative_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
                        super.derivative(tau, k, at, out);
                        out.data[0] *= 1 + 1e-6;
                    }
                })
                .derivative_is_that_of_the_matrix());
    }

    @Test
    void a_wrong_second_derivative_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public void second(double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
                        out.zero();
                    }
                })
                .second_derivative_is_that_of_the_derivative_and_symmetric());
    }

    @Test
    void an_asymmetric_matrix_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                        super.matrix(tau, at, out);
                        out.data[at.length - 1] *= 1 + 1e-9;
                        return out;
                    }
                })
                .matrix_is_symmetric_and_positive_semidefinite());
    }

    @Test
    void a_matrix_that_depends_on_the_length_of_the_list_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                        super.matrix(tau, at, out);
                        out.data[0] += at.length;
                        return out;
                    }
                })
                .any_list_of_positions_gives_the_sub_matrix());
    }

    @Test
    void a_factor_of_another_matrix_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public void factor(double[] tau, int[] at, DMatrixRMaj out) {
                        matrix(tau, at, out);
                    }
                })
                .factor_times_its_transpose_is_the_matrix());
    }

    @Test
    void a_factor_derivative_that_is_not_one_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public boolean factorDerivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
                        out.zero();
                        return true;
                    }
                })
                .factor_derivative_is_that_of_the_factor_where_there_is_one());
    }

    @Test
    void a_variance_that_never_vanishes_is_caught() {
        CovarianceStructureContract contract = contract(p -> new FirstOrder.Bound(p) {
            @Override
            public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                double[] exponential = tau.clone();
                exponential[0] = Math.exp(tau[0]);
                return super.matrix(exponential, at, out);
            }
        });
        assertCaught(contract.zero_is_reached_at_a_finite_point());
        assertCaught(contract.scaled_coordinates_scale_the_matrix_by_the_square());
        assertCaught(contract.the_held_coordinate_scales_and_the_matrix_is_singular_without_it());
        assertCaught(contract.boundary_points_hold_more_coordinates_until_none_is_left());
        assertCaught(contract.variances_and_covariances_are_entries_of_the_matrix());
    }

    @Test
    void a_held_coordinate_that_does_not_scale_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public int held() {
                        return coordinates().size() - 1;
                    }
                })
                .the_held_coordinate_scales_and_the_matrix_is_singular_without_it());
    }

    @Test
    void a_natural_parameter_too_few_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public List<Natural> naturals() {
                        return List.of(Natural.variance(-1));
                    }
                })
                .there_are_as_many_natural_parameters_as_coordinates());
    }

    @Test
    void natural_parameters_that_lose_something_are_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public double[] natural(double[] tau) {
                        double[] out = super.natural(tau);
                        out[out.length - 1] = out[0];
                        return out;
                    }
                })
                .natural_parameters_determine_the_matrix());
    }

    @Test
    void a_start_on_the_boundary_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public double[] start(List<Moments> moments) {
                        return new double[coordinates().size()];
                    }
                })
                .start_is_feasible_and_off_the_boundary());
    }

    @Test
    void a_maximizer_that_is_none_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public boolean maximize(List<Moments> moments, double[] tau) {
                        return true;
                    }
                })
                .maximize_finds_the_maximum_or_leaves_the_point_alone());
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public boolean maximize(List<Moments> moments, double[] tau) {
                        tau[0] = 1;
                        return false;
                    }
                })
                .maximize_finds_the_maximum_or_leaves_the_point_alone());
    }

    @Test
    void boundary_points_inside_are_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public List<double[]> boundaryPoints(double[] tau) {
                        return List.of(tau.clone());
                    }
                })
                .boundary_points_hold_more_coordinates_until_none_is_left());
    }

    @Test
    void boundary_points_that_raise_the_rank_are_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                        super.matrix(tau, at, out);
                        for (int i = 0; i < at.length; i++) {
                            for (int j = 0; j < at.length; j++) {
                                // of rank one until the variance is on its boundary
                                out.set(i, j, tau[0] == 0 ? (at[i] == at[j] ? 1 : 0) : 1);
                            }
                        }
                        return out;
                    }
                })
                .boundary_points_hold_more_coordinates_until_none_is_left());
    }

    @Test
    void coordinates_free_where_they_leave_the_boundary_are_caught() {
        CovarianceStructureContract contract = contract(p -> new FirstOrder.Bound(p) {
            @Override
            public boolean[] free(double[] tau) {
                boolean[] out = new boolean[tau.length];
                java.util.Arrays.fill(out, true);
                return out;
            }
        });
        assertCaught(contract.free_coordinates_keep_the_rank());
    }

    @Test
    void coordinates_not_free_inside_are_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public boolean[] free(double[] tau) {
                        return new boolean[tau.length];
                    }
                })
                .all_coordinates_are_free_in_the_interior());
    }

    @Test
    void a_release_that_stays_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public DMatrixRMaj boundaryCurvature(double[] tau, DMatrixRMaj score) {
                        return new DMatrixRMaj(1, 1, true, -1);
                    }

                    @Override
                    public double[] release(double[] tau, DMatrixRMaj score, double t) {
                        return tau.clone();
                    }
                })
                .release_leaves_the_boundary_along_the_least_curvature());
    }

    @Test
    void a_whitening_of_another_matrix_is_caught() {
        CovarianceStructureContract contract = contract(p -> new FirstOrder.Bound(p) {
            @Override
            public Whitening whitening(int[] at) {
                return new FirstOrder.Bound(p) {
                    @Override
                    public DMatrixRMaj matrix(double[] tau, int[] other, DMatrixRMaj out) {
                        super.matrix(tau, other, out);
                        for (int i = 0; i < other.length; i++) {
                            out.add(i, i, 1e-6);
                        }
                        return out;
                    }

                    @Override
                    public void derivative(double[] tau, int k, int[] other, DMatrixRMaj out) {
                        out.zero();
                    }
                }.whitening(at);
            }
        });
        assertCaught(contract.coloured_identity_is_a_root_of_the_matrix());
        assertCaught(contract.q_is_the_whitened_derivative());
        assertCaught(contract.a_singular_matrix_is_refused());
    }

    @Test
    void whitening_that_spills_over_its_block_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public Whitening whitening(int[] at) {
                        return new Spilling(super.whitening(at));
                    }
                })
                .whitening_undoes_colouring_within_its_block());
    }

    @Test
    void a_root_that_passes_for_its_transpose_is_caught() {
        assertCaught(contract(p -> new FirstOrder.Bound(p) {
                    @Override
                    public Whitening whitening(int[] at) {
                        return new Spilling(super.whitening(at));
                    }
                })
                .transposed_products_are_those_of_the_same_root());
    }

    /** Touches what is before its block, and takes C for Cᵀ. */
    private record Spilling(Whitening inner) implements Whitening {
        @Override
        public boolean update(double[] tau) {
            return inner.update(tau);
        }

        @Override
        public double logDeterminant() {
            return inner.logDeterminant();
        }

        @Override
        public void whiten(double[] x, int offset, int columns) {
            inner.whiten(x, offset, columns);
            x[0]++;
        }

        @Override
        public void colour(double[] x, int offset, int columns) {
            inner.colour(x, offset, columns);
        }

        @Override
        public void q(int k, double[] x, int offset, int columns, double[] out) {
            inner.q(k, x, offset, columns, out);
        }

        @Override
        public double traceQ(int k) {
            return inner.traceQ(k);
        }

        @Override
        public boolean transposes() {
            return true;
        }

        @Override
        public void whitenTransposed(double[] x, int offset, int columns) {
            inner.whiten(x, offset, columns);
        }

        @Override
        public void colourTransposed(double[] x, int offset, int columns) {
            inner.colour(x, offset, columns);
        }
    }

    /** The contract for patterns of forty rows on a structure with its whitening broken. */
    private static CovarianceStructureContract longContract(Function<Whitening, Whitening> broken) {
        CovarianceStructureContract part = contract(p -> new FirstOrder.Bound(p) {
            @Override
            public Whitening whitening(int[] at) {
                return broken.apply(super.whitening(at));
            }
        });
        return new CovarianceStructureContract() {
            @Override
            public CovarianceStructure structure() {
                return part.structure();
            }

            @Override
            public int longSize() {
                return 40;
            }

            @Override
            public boolean isFrugal() {
                return true;
            }
        };
    }

    private static void assertCaught(Runnable law) {
        assertThat(catchThrowable(law::run)).isInstanceOf(AssertionError.class);
    }

    @Test
    void long_patterns_of_a_correct_whitening_pass() {
        longContract(w -> w).long_pattern_agrees_with_dense_algebra();
    }

    @Test
    void a_gain_reused_too_early_is_caught_in_a_long_pattern() {
        assertCaught(() -> longContract(w -> new Forgetful(w, 1, 0)).long_pattern_agrees_with_dense_algebra());
    }

    @Test
    void a_wrong_trace_is_caught_in_a_long_pattern() {
        assertCaught(() -> longContract(w -> new Forgetful(w, 0, 1)).long_pattern_agrees_with_dense_algebra());
    }

    @Test
    void a_whitening_that_allocates_is_not_frugal() {
        // the dense default may: FirstOrder leaves its derivatives to differences, which allocate
        assertCaught(() -> longContract(w -> w).frugal_whitening_allocates_nothing_after_birth());
    }

    @Test
    void a_whitening_of_quadratic_memory_is_not_frugal() {
        assertCaught(() -> longContract(w -> w).memory_of_a_long_pattern_is_linear_in_its_rows());
    }

    /** Whitens its last row, or counts its trace, a little wrong. */
    private record Forgetful(Whitening inner, double row, double trace) implements Whitening {
        @Override
        public boolean update(double[] tau) {
            return inner.update(tau);
        }

        @Override
        public double logDeterminant() {
            return inner.logDeterminant();
        }

        @Override
        public void whiten(double[] x, int offset, int columns) {
            inner.whiten(x, offset, columns);
            x[x.length - 1] *= 1 + 1e-6 * row;
        }

        @Override
        public void colour(double[] x, int offset, int columns) {
            x[x.length - 1] /= 1 + 1e-6 * row;
            inner.colour(x, offset, columns);
        }

        @Override
        public void q(int k, double[] x, int offset, int columns, double[] out) {
            inner.q(k, x, offset, columns, out);
        }

        @Override
        public double traceQ(int k) {
            return inner.traceQ(k) + 1e-6 * trace;
        }
    }
}
