package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Coordinate;
import henderson.api.Family;
import henderson.api.Family.Response;
import henderson.api.HendersonException;
import henderson.api.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every family of distributions must obey, with each link it is given. */
public interface FamilyContract {
    /** The family under test. */
    Family family();

    /** Links to test it with, the canonical one among them. */
    List<Link> links();

    /**
     * Values of the response and their weights in a sum or an integral over all of them: every value with weight one for
     * counts, nodes of a quadrature rule otherwise. What lies outside has a probability below 1e-12.
     *
     * @param mean     of the response
     * @param variance of the response
     * @return values, and weights as many
     */
    double[][] rule(double mean, double variance);

    /** Responses that the family must refuse, each with what makes it impossible in the last place. */
    double[][] impossible();

    /** A response with these values. */
    default Response response(double... values) {
        return new Response("y", values, null, null, null);
    }

    /** Linear predictors; those outside the domain are passed over. */
    default double[] predictors() {
        return new double[] {-3, -1, -0.2, 0, 0.4, 1.5, 2.5};
    }

    /** Points of the family's own parameters; by default the neutral one and one beside it. */
    default List<double[]> parameters() {
        List<Coordinate> coordinates =
                family().bind(response(rule(0.5, 0.5)[0]), links().get(0)).auxiliaries();
        double[] neutral = coordinates.stream().mapToDouble(Coordinate::neutral).toArray();
        double[] beside = Arrays.stream(neutral).map(t -> t + 0.2).toArray();
        return neutral.length == 0 ? List.of(neutral) : List.of(neutral, beside);
    }

    /** Whether {@code fisher} is the expectation itself, not a stand-in. */
    default boolean exactInformation() {
        return true;
    }

    /** What −2 log density is multiplied by in a deviance. */
    default double dispersion(double[] phi) {
        return 1;
    }

    /** A link, a predictor and parameters that are possible together. */
    private Stream<DynamicTest> forEachPoint(Consumer<FamilyPoint> law) {
        List<DynamicTest> out = new ArrayList<>();
        for (Link link : links()) {
            for (double eta : predictors()) {
                for (double[] phi : link.inDomain(eta) ? parameters() : List.<double[]>of()) {
                    FamilyPoint point = new FamilyPoint(this, link, eta, phi);
                    if (point.isPossible()) {
                        out.add(DynamicTest.dynamicTest(point.toString(), () -> law.accept(point)));
                    }
                }
            }
        }
        assertThat(out).as("possible points").isNotEmpty();
        return out.stream();
    }

    /** The name is what people type; the canonical link is one of those tested. */
    @Test
    default void the_name_is_lower_case_and_the_canonical_link_is_tested() {
        assertThat(family().name()).isNotBlank().isEqualTo(family().name().toLowerCase(Locale.ROOT));
        assertThat(links()).extracting(Link::name).contains(family().canonicalLink());
    }

    /** Law 1: all values together have probability one. */
    @TestFactory
    default Stream<DynamicTest> probabilities_sum_to_one() {
        // what the rule leaves out, and rounding
        return forEachPoint(p -> assertThat(p.expectation(y -> 1)).isCloseTo(1, within(1e-10)));
    }

    /** Law 2: mean and variance are those of the density. */
    @TestFactory
    default Stream<DynamicTest> mean_and_variance_are_moments_of_the_density() {
        return forEachPoint(p -> {
            double mean = p.mean();
            double variance = p.variance();
            assertThat(p.expectation(y -> y)).isCloseTo(mean, within(1e-9 * (1 + Math.abs(mean))));
            assertThat(p.expectation(y -> (y - mean) * (y - mean)))
                    .isCloseTo(variance, within(1e-9 * (1 + Math.abs(variance))));
        });
    }

    /** Law 3: three derivatives in η. */
    @TestFactory
    default Stream<DynamicTest> derivatives_in_the_predictor_are_derivatives() {
        return forEachPoint(p -> {
            double[][] here = p.density(p.eta(), p.phi(), 3);
            DMatrixRMaj numerical = NumericalDerivative.of(
                    x -> new DMatrixRMaj(p.density(x[0], p.phi(), 3)), new double[] {p.eta()}, 0);
            for (int i = 0; i < p.rows(); i++) {
                for (int r = 0; r < 3; r++) {
                    double given = here[r + 1][i];
                    double size = 1 + Math.abs(given) + Math.abs(here[r][i]);
                    assertThat(given)
                            .as("derivative %d of y = %s", r + 1, p.values()[i])
                            .isCloseTo(numerical.get(r, i), within(1e-9 * size));
                }
            }
        });
    }

    /** Law 4: for each own parameter the derivatives of ℓ, ℓ′ and ℓ″. */
    @TestFactory
    default Stream<DynamicTest> derivatives_in_the_own_parameters_are_derivatives() {
        return forEachPoint(p -> {
            double[][] here = p.density(p.eta(), p.phi(), 3);
            for (int k = 0; k < p.phi().length; k++) {
                DMatrixRMaj numerical =
                        NumericalDerivative.of(x -> new DMatrixRMaj(p.density(p.eta(), x, 3)), p.phi(), k);
                for (int r = 0; r < 3; r++) {
                    for (int i = 0; i < p.rows(); i++) {
                        double given = here[4 + 3 * k + r][i];
                        double size = 1 + Math.abs(given) + Math.abs(here[r][i]);
                        assertThat(given)
                                .as("derivative of row %d of y = %s in parameter %d", r, p.values()[i], k)
                                .isCloseTo(numerical.get(r, i), within(1e-9 * size));
                    }
                }
            }
        });
    }

    /** Law 5: only what is asked for is written, and the order asked for does not change a number. */
    @TestFactory
    default Stream<DynamicTest> only_the_rows_and_orders_asked_for_are_written() {
        return forEachPoint(p -> {
            double[][] all = p.density(p.eta(), p.phi(), 3);
            int n = p.rows();
            double[] eta = new double[n];
            Arrays.fill(eta, p.eta());
            for (int order = 0; order < 4; order++) {
                double[] out = new double[all.length * n];
                Arrays.fill(out, 0.125);
                int from = n / 3;
                int to = n - n / 4;
                assertThat(p.bound().logDensity(from, to, eta, p.phi(), order, out))
                        .isTrue();
                for (int r = 0; r < 4; r++) {
                    for (int i = 0; i < n; i++) {
                        boolean inside = from <= i && i < to;
                        if (inside && r <= order) {
                            assertThat(out[r * n + i]).isEqualTo(all[r][i]);
                        } else if (!inside) {
                            assertThat(out[r * n + i])
                                    .as("row %d was not asked for", i)
                                    .isEqualTo(0.125);
                        }
                    }
                }
            }
        });
    }

    /** Law 5a: the sum of log densities and its slopes are those of the single rows. */
    @TestFactory
    default Stream<DynamicTest> sums_are_sums_of_single_rows() {
        return forEachPoint(p -> {
            double[][] all = p.density(p.eta(), p.phi(), 3);
            int n = p.rows();
            double[] eta = new double[n];
            Arrays.fill(eta, p.eta());
            double[] out = new double[all.length * n];
            double given = p.bound().sumOfLogDensities(0, n, eta, p.phi(), out);
            double sum = 0;
            double size = 1;
            for (int i = 0; i < n; i++) {
                sum += all[0][i];
                size += Math.abs(all[0][i]);
                assertThat(out[n + i]).isEqualTo(all[1][i]);
            }
            assertThat(given).isCloseTo(sum, within(1e-14 * size));
        });
    }

    /** Law 6: far predictors give finite numbers, or are refused. */
    @Test
    default void far_predictors_give_finite_numbers_or_are_refused() {
        for (Link link : links()) {
            for (double[] phi : parameters()) {
                for (double eta : new double[] {-700, -40, 40, 300}) {
                    FamilyPoint p = new FamilyPoint(this, link, 0.25, phi);
                    double[][] density = link.inDomain(eta) ? p.density(eta, phi, 3) : new double[0][];
                    for (int r = 0; r < density.length; r++) {
                        assertThat(Arrays.stream(density[r]))
                                .as("row %d at %s, %s", r, eta, link.name())
                                .allMatch(Double::isFinite);
                    }
                }
            }
        }
    }

    /** Law 7: draws have the mean, within five Monte-Carlo standard errors, and are possible values. */
    @TestFactory
    default Stream<DynamicTest> draws_have_the_mean_and_are_possible() {
        return forEachPoint(p -> {
            Random random = new Random(20_011);
            double[] draws = IntStream.range(0, 20_000)
                    .mapToDouble(i -> p.bound().draw(0, p.eta(), p.phi(), random))
                    .toArray();
            double mean = Arrays.stream(draws).average().orElse(Double.NaN);
            assertThat(mean).isCloseTo(p.mean(), within(5 * Math.sqrt(p.variance() / draws.length)));
            assertThat(family().bind(response(draws), p.link())).isNotNull();
            Random again = new Random(20_011);
            assertThat(p.bound().draw(0, p.eta(), p.phi(), again)).isEqualTo(draws[0]);
        });
    }

    /** Law 8: a search can start. */
    @TestFactory
    default Stream<DynamicTest> the_start_is_possible() {
        return forEachPoint(p -> {
            for (int i = 0; i < p.rows(); i++) {
                double start = p.bound().startEta(i);
                assertThat(p.link().inDomain(start)).isTrue();
                double[][] density = p.density(start, p.phi(), 0);
                assertThat(density).isNotEmpty();
                assertThat(density[0][i]).isFinite();
            }
        });
    }

    /** Law 10: the information is positive, and the expectation of −ℓ″ where it claims to be. */
    @TestFactory
    default Stream<DynamicTest> the_information_is_the_expected_curvature() {
        return forEachPoint(p -> {
            double given = p.bound().fisher(0, p.eta(), p.phi());
            assertThat(given).isPositive().isFinite();
            if (exactInformation()) {
                double[] curvature = p.density(p.eta(), p.phi(), 3)[2];
                assertThat(given).isCloseTo(-p.expectationOf(curvature), within(1e-8 * (1 + Math.abs(given))));
            }
        });
    }

    /** Law 11: a row that counts three times has three times every number. */
    @TestFactory
    default Stream<DynamicTest> frequencies_multiply_every_number() {
        return forEachPoint(p -> {
            FamilyPoint often = p.withFrequencies(3);
            double[][] once = p.density(p.eta(), p.phi(), 3);
            double[][] thrice = often.density(p.eta(), p.phi(), 3);
            for (int r = 0; r < once.length; r++) {
                for (int i = 0; i < p.rows(); i++) {
                    double size = Math.abs(once[r][i]) + Math.abs(once[0][i]) + 1;
                    assertThat(thrice[r][i]).as("row %d", r).isCloseTo(3 * once[r][i], within(1e-13 * size));
                }
            }
            double fisher = p.bound().fisher(0, p.eta(), p.phi());
            assertThat(often.bound().fisher(0, p.eta(), p.phi())).isCloseTo(3 * fisher, within(1e-12 * fisher));
        });
    }

    /** Law 12: a deviance, where there is one, is not negative, and moves with −2 log density. */
    @TestFactory
    default Stream<DynamicTest> the_deviance_moves_with_the_log_density() {
        return forEachPoint(p -> {
            double[] here = p.density(p.eta(), p.phi(), 0)[0];
            for (int i = 0; i < p.rows(); i++) {
                double start = p.bound().startEta(i);
                double given = p.bound().deviance(i, p.eta(), p.phi());
                double[][] there = p.density(start, p.phi(), 0);
                if (!Double.isNaN(given) && there.length > 0) {
                    double change = -2 * dispersion(p.phi()) * (here[i] - there[0][i]);
                    double size = 1 + Math.abs(given) + 2 * dispersion(p.phi()) * Math.abs(here[i]);
                    assertThat(given).isNotNegative();
                    assertThat(given - p.bound().deviance(i, start, p.phi()))
                            .as("y = %s", p.values()[i])
                            .isCloseTo(change, within(1e-10 * size));
                }
            }
        });
    }

    /** Law 13: as many naturals as parameters, all numbers. */
    @TestFactory
    default Stream<DynamicTest> the_own_parameters_are_reported() {
        return forEachPoint(p -> {
            assertThat(p.bound().naturals()).hasSameSizeAs(p.bound().auxiliaries());
            assertThat(Arrays.stream(p.bound().natural(p.phi())))
                    .hasSize(p.phi().length)
                    .allMatch(Double::isFinite);
        });
    }

    /** Law 9: an impossible response is refused by name. */
    @Test
    default void an_impossible_response_is_refused_by_name() {
        assertThat(impossible()).isNotEmpty();
        for (double[] values : impossible()) {
            assertThatThrownBy(() -> family().bind(response(values), links().get(0)))
                    .as(Arrays.toString(values))
                    .isInstanceOf(HendersonException.class)
                    .hasMessageContaining("y");
        }
    }
}
