package henderson.testkit;

import static henderson.testkit.Laws.assertCaught;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Link;
import org.junit.jupiter.api.Test;

/** Each law of links fails for a link that breaks it. */
class BrokenLinksTest {
    private static LinkContract contract(Link link) {
        return new LinkContract() {
            @Override
            public Link link() {
                return link;
            }

            @Override
            public double[][] known() {
                return LogitTest.KNOWN;
            }
        };
    }

    @Test
    void a_round_trip_that_ends_elsewhere_is_caught() {
        assertCaught(contract(new Logit() {
                    @Override
                    public double eta(double mu) {
                        return super.eta(mu) * (1 + 1e-12);
                    }
                })
                .the_link_of_the_mean_is_the_predictor());
    }

    @Test
    void a_wrong_derivative_is_caught() {
        for (int r = 1; r < 4; r++) {
            int order = r;
            LinkContract contract = contract(new Logit() {
                @Override
                public void mean(double eta, double[] out) {
                    super.mean(eta, out);
                    out[order] *= 1 + 1e-7;
                }
            });
            assertCaught(contract.derivatives_of_the_mean_are_derivatives());
        }
    }

    @Test
    void a_complement_by_subtraction_is_caught() {
        LinkContract contract = contract(new Logit() {
            @Override
            public void complement(double eta, double[] out) {
                mean(eta, out);
                out[0] = 1 - out[0];
                for (int i = 1; i < 4; i++) {
                    out[i] = -out[i];
                }
            }
        });
        assertCaught(contract.derivatives_of_the_complement_are_derivatives());
        assertThatThrownBy(contract::known_values_are_met_to_full_relative_accuracy)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void a_complement_with_the_signs_of_the_mean_is_caught() {
        assertCaught(contract(new Logit() {
                    @Override
                    public void complement(double eta, double[] out) {
                        mean(-eta, out);
                    }
                })
                .mean_and_complement_sum_to_one());
    }

    @Test
    void a_tail_cut_off_is_caught() {
        LinkContract contract = contract(new Logit() {
            @Override
            public void mean(double eta, double[] out) {
                super.mean(Math.max(-36, Math.min(36, eta)), out);
            }
        });
        assertThatThrownBy(contract::known_values_are_met_to_full_relative_accuracy)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void an_overflow_is_caught() {
        assertThatThrownBy(contract(new Logit() {
                    @Override
                    public void mean(double eta, double[] out) {
                        super.mean(eta, out);
                        out[2] *= Math.exp(2 * eta) / Math.exp(2 * eta);
                    }
                })::far_predictors_give_numbers)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void a_logarithm_of_something_else_is_caught() {
        Link wrong = new Logit() {
            @Override
            public void logMean(double eta, double[] out) {
                super.logMean(eta, out);
                out[0] *= 1 + 1e-12;
            }
        };
        assertCaught(contract(wrong).logarithms_are_those_of_mean_and_complement());
        LinkContract contract = new LinkContract() {
            @Override
            public Link link() {
                return wrong;
            }

            @Override
            public double[][] known() {
                return LogitTest.KNOWN;
            }

            @Override
            public double[][] knownLogarithms() {
                return new double[][] {{0, -0.6931471805599453, -0.6931471805599453}};
            }
        };
        assertThatThrownBy(contract::known_logarithms_are_met_to_full_relative_accuracy)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void a_wrong_derivative_of_a_logarithm_is_caught() {
        for (int r = 1; r < 4; r++) {
            int order = r;
            assertCaught(contract(new Logit() {
                        @Override
                        public void logComplement(double eta, double[] out) {
                            super.logComplement(eta, out);
                            out[order] *= 1 + 1e-7;
                        }
                    })
                    .derivatives_of_the_logarithms_are_derivatives());
        }
    }

    @Test
    void known_values_without_the_ends_are_caught() {
        LinkContract contract = new LinkContract() {
            @Override
            public Link link() {
                return new Logit();
            }

            @Override
            public double[][] known() {
                return new double[][] {{0, 0.5, 0.5}};
            }
        };
        assertThatThrownBy(contract::known_values_are_met_to_full_relative_accuracy)
                .isInstanceOf(AssertionError.class);
    }
}
