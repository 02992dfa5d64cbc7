package henderson.testkit;

import static henderson.testkit.Laws.assertCaught;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.BoundFamily;
import henderson.api.Family;
import henderson.api.HendersonException;
import henderson.api.Link;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Each law of families fails for a family that breaks it. */
class BrokenFamiliesTest {
    private static FamilyContract normal(UnaryOperator<BoundFamily> broken) {
        Family family = new Normal() {
            @Override
            public BoundFamily bind(Response response, Link link) {
                return broken.apply(super.bind(response, link));
            }
        };
        return new NormalTest() {
            @Override
            public Family family() {
                return family;
            }
        };
    }

    /** Leaves all as it is. */
    private static class Same implements BoundFamily {
        private final BoundFamily right;

        Same(BoundFamily right) {
            this.right = right;
        }

        @Override
        public java.util.List<henderson.api.Coordinate> auxiliaries() {
            return right.auxiliaries();
        }

        @Override
        public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
            return right.logDensity(from, to, eta, phi, order, out);
        }

        @Override
        public double startEta(int i) {
            return right.startEta(i);
        }

        @Override
        public double mean(int i, double eta, double[] phi) {
            return right.mean(i, eta, phi);
        }

        @Override
        public double variance(int i, double eta, double[] phi) {
            return right.variance(i, eta, phi);
        }

        @Override
        public double draw(int i, double eta, double[] phi, RandomGenerator random) {
            return right.draw(i, eta, phi, random);
        }

        @Override
        public double fisher(int i, double eta, double[] phi) {
            return right.fisher(i, eta, phi);
        }

        @Override
        public double deviance(int i, double eta, double[] phi) {
            return right.deviance(i, eta, phi);
        }
    }

    /** Adds something to one row of the result. */
    private static FamilyContract added(int row, double what) {
        return normal(right -> new Same(right) {
            @Override
            public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
                super.logDensity(from, to, eta, phi, order, out);
                for (int i = from; i < to; i++) {
                    out[row * eta.length + i] += what * (row == 0 ? 1 : eta[i]);
                }
                return true;
            }
        });
    }

    @Test
    void a_density_without_its_constant_is_caught() {
        assertCaught(added(0, Math.log(2 * Math.PI) / 2).probabilities_sum_to_one());
    }

    @Test
    void wrong_moments_are_caught() {
        assertCaught(normal(right -> new Same(right) {
                    @Override
                    public double mean(int i, double eta, double[] phi) {
                        return super.mean(i, eta, phi) + 1e-6;
                    }
                })
                .mean_and_variance_are_moments_of_the_density());
        assertCaught(normal(right -> new Same(right) {
                    @Override
                    public double variance(int i, double eta, double[] phi) {
                        return super.variance(i, eta, phi) * (1 + 1e-6);
                    }
                })
                .mean_and_variance_are_moments_of_the_density());
    }

    @Test
    void wrong_derivatives_are_caught() {
        for (int r = 1; r < 4; r++) {
            assertCaught(added(r, 1e-6).derivatives_in_the_predictor_are_derivatives());
        }
        for (int r = 4; r < 7; r++) {
            assertCaught(added(r, 1e-6).derivatives_in_the_own_parameters_are_derivatives());
        }
    }

    @Test
    void rows_written_that_nobody_asked_for_are_caught() {
        assertCaught(normal(right -> new Same(right) {
                    @Override
                    public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
                        return super.logDensity(0, eta.length, eta, phi, order, out);
                    }
                })
                .only_the_rows_and_orders_asked_for_are_written());
    }

    @Test
    void infinities_far_out_are_caught() {
        FamilyContract contract = normal(right -> new Same(right) {
            @Override
            public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
                super.logDensity(from, to, eta, phi, order, out);
                out[0] += Math.exp(3 * eta[0]) - Math.exp(3 * eta[0]);
                return true;
            }
        });
        assertThatThrownBy(contract::far_predictors_give_finite_numbers_or_are_refused)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void another_information_is_caught() {
        assertCaught(normal(right -> new Same(right) {
                    @Override
                    public double fisher(int i, double eta, double[] phi) {
                        return super.fisher(i, eta, phi) * (1 + 1e-6);
                    }
                })
                .the_information_is_the_expected_curvature());
    }

    @Test
    void frequencies_passed_over_are_caught() {
        Family deaf = new Normal() {
            @Override
            public BoundFamily bind(Response y, Link link) {
                return super.bind(new Response(y.name(), y.values(), null, null, null), link);
            }
        };
        FamilyContract contract = new NormalTest() {
            @Override
            public Family family() {
                return deaf;
            }
        };
        assertCaught(contract.frequencies_multiply_every_number());
    }

    @Test
    void a_deviance_on_another_scale_is_caught() {
        assertCaught(normal(right -> new Same(right) {
                    @Override
                    public double deviance(int i, double eta, double[] phi) {
                        return super.deviance(i, eta, phi) * (1 + 1e-6);
                    }
                })
                .the_deviance_moves_with_the_log_density());
    }

    @Test
    void parameters_not_reported_are_caught() {
        assertCaught(normal(right -> new Same(right) {
                    @Override
                    public java.util.List<henderson.api.Natural> naturals() {
                        return java.util.List.of();
                    }
                })
                .the_own_parameters_are_reported());
    }

    @Test
    void draws_from_elsewhere_are_caught() {
        assertCaught(normal(right -> new Same(right) {
                    @Override
                    public double draw(int i, double eta, double[] phi, RandomGenerator random) {
                        return super.draw(i, eta, phi, random) + 0.1;
                    }
                })
                .draws_have_the_mean_and_are_possible());
        assertCaught(normal(right -> new Same(right) {
                    @Override
                    public double draw(int i, double eta, double[] phi, RandomGenerator random) {
                        return super.draw(i, eta, phi, random) + 1e-9 * Math.random();
                    }
                })
                .draws_have_the_mean_and_are_possible());
    }

    @Test
    void a_start_that_is_no_number_is_caught() {
        assertCaught(normal(right -> new Same(right) {
                    @Override
                    public double startEta(int i) {
                        return Double.NaN;
                    }
                })
                .the_start_is_possible());
    }

    @Test
    void an_impossible_response_taken_or_refused_without_its_name_is_caught() {
        Family careless = new Bernoulli() {
            @Override
            public BoundFamily bind(Response response, Link link) {
                return new Bound(response.values(), null, link);
            }
        };
        Family terse = new Bernoulli() {
            @Override
            public BoundFamily bind(Response response, Link link) {
                try {
                    return super.bind(response, link);
                } catch (HendersonException e) {
                    throw new HendersonException("No.");
                }
            }
        };
        for (Family family : new Family[] {careless, terse}) {
            FamilyContract contract = new BernoulliTest() {
                @Override
                public Family family() {
                    return family;
                }
            };
            assertThatThrownBy(contract::an_impossible_response_is_refused_by_name)
                    .isInstanceOf(AssertionError.class);
        }
    }
}
