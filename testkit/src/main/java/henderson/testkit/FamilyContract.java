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

    /** A link, a predictor and parameters that are possible together. */
    private Stream<DynamicTest> forEachPoint(Consumer<FamilyPoint> law) {
        List<DynamicTest> out = new ArrayList<>();
        for (Link link : links()) {
            for (double eta : predictors()) {
                for (double[] phi : parameters()) {
                    FamilyPoint point = new FamilyPoint(this, link, eta, phi);
                    if (link.inDomain(eta) && point.isPossible()) {
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
            for (int i = 0; i < p.rows(); i++) {
                int row = i;
                for (int r = 0; r < 3; r++) {
                    int order = r;
                    double numerical = NumericalDerivative.gradient(
                            x -> p.density(x[0], p.phi(), 3)[order][row], new double[] {p.eta()})[0];
                    double given = p.density(p.eta(), p.phi(), 3)[r + 1][i];
                    double size = 1 + Math.abs(given) + Math.abs(p.density(p.eta(), p.phi(), 3)[r][i]);
                    assertThat(given)
                            .as("derivative %d of y = %s", r + 1, p.values()[i])
                            .isCloseTo(numerical, within(1e-9 * size));
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
                for (int r = 0; r < 3; r++) {
                    for (int i = 0; i < p.rows(); i++) {
                        int order = r;
                        int row = i;
                        double numerical =
                                NumericalDerivative.gradient(x -> p.density(p.eta(), x, 3)[order][row], p.phi())[k];
                        double given = here[4 + 3 * k + r][i];
                        double size = 1 + Math.abs(given) + Math.abs(here[r][i]);
                        assertThat(given)
                                .as("derivative of row %d of y = %s in parameter %d", r, p.values()[i], k)
                                .isCloseTo(numerical, within(1e-9 * size));
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
