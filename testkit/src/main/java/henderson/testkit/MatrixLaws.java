package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Coordinate;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Laws of {@code matrix}, its derivatives and its factor. */
public interface MatrixLaws extends StructureDraws {
    /** Law 1. */
    @TestFactory
    default Stream<DynamicTest> matrix_is_symmetric_and_positive_semidefinite() {
        return forEachDraw(d -> {
            DMatrixRMaj g = d.matrix();
            assertThat(Small.largestDifference(g, Small.transposed(g))).isZero();
            // rounding of the eigenvalues
            assertThat(SymmetricEigen.of(g).values()[0]).isGreaterThan(-1e-14 * d.size() * Small.largest(g));
        });
    }

    /** A function is pure when it repeats itself to the bit and leaves its arguments alone. */
    @TestFactory
    default Stream<DynamicTest> matrix_is_a_pure_function() {
        return forEachDraw(d -> {
            double[] tau = d.tau().clone();
            DMatrixRMaj once = d.matrix();
            d.derivative(d.tau(), 0);
            assertThat(d.matrix().data).isEqualTo(once.data);
            assertThat(d.tau()).isEqualTo(tau);
        });
    }

    /** Law 5. */
    @TestFactory
    default Stream<DynamicTest> any_list_of_positions_gives_the_sub_matrix() {
        return forEachDraw(d -> {
            DMatrixRMaj whole = d.matrix();
            // the same formula may be rounded in another order
            double tolerance = 1e-14 * d.size() * Small.largest(whole);
            for (int[] at : d.lists()) {
                DMatrixRMaj part = d.bound().matrix(d.tau(), at, new DMatrixRMaj(at.length, at.length));
                assertThat(Small.largestDifference(part, Small.part(whole, at))).isLessThanOrEqualTo(tolerance);
            }
        });
    }

    /** Law 5, for derivatives. */
    @TestFactory
    default Stream<DynamicTest> any_list_of_positions_gives_the_part_of_each_derivative() {
        return forEachDraw(d -> {
            // differences, where a structure leaves its derivatives to the default
            double tolerance = 1e-7 * Math.max(1, Small.largest(d.matrix()));
            for (int k = 0; k < d.parameters(); k++) {
                DMatrixRMaj whole = d.derivative(d.tau(), k);
                DMatrixRMaj second = new DMatrixRMaj(d.size(), d.size());
                d.bound().second(d.tau(), 0, k, d.all(), second);
                for (int[] at : d.lists()) {
                    DMatrixRMaj part = new DMatrixRMaj(at.length, at.length);
                    d.bound().derivative(d.tau(), k, at, part);
                    assertThat(Small.largestDifference(part, Small.part(whole, at)))
                            .isLessThanOrEqualTo(tolerance);
                    d.bound().second(d.tau(), 0, k, at, part);
                    assertThat(Small.largestDifference(part, Small.part(second, at)))
                            .isLessThanOrEqualTo(tolerance);
                }
            }
        });
    }

    /** Law 4. */
    @TestFactory
    default Stream<DynamicTest> derivative_is_that_of_the_matrix() {
        return forEachDraw(d -> {
            // rounding of the matrix over the step of the differences
            double tolerance = 1e-10 * Math.max(1, Small.largest(d.matrix()));
            for (int k = 0; k < d.parameters(); k++) {
                DMatrixRMaj numerical = NumericalDerivative.of(d::matrix, d.tau(), k);
                assertThat(Small.largestDifference(d.derivative(d.tau(), k), numerical))
                        .as("coordinate %s", d.bound().coordinates().get(k))
                        .isLessThan(tolerance);
            }
        });
    }

    /** Law 4. */
    @TestFactory
    default Stream<DynamicTest> second_derivative_is_that_of_the_derivative_and_symmetric() {
        return forEachDraw(d -> {
            // as above, once more over a step where both are differences
            double tolerance = 1e-7 * Math.max(1, Small.largest(d.matrix()));
            DMatrixRMaj jk = new DMatrixRMaj(d.size(), d.size());
            DMatrixRMaj kj = new DMatrixRMaj(d.size(), d.size());
            for (int j = 0; j < d.parameters(); j++) {
                for (int k = 0; k < d.parameters(); k++) {
                    int of = k;
                    DMatrixRMaj numerical = NumericalDerivative.of(t -> d.derivative(t, of), d.tau(), j);
                    d.bound().second(d.tau(), j, k, d.all(), jk);
                    d.bound().second(d.tau(), k, j, d.all(), kj);
                    assertThat(Small.largestDifference(jk, numerical)).isLessThan(tolerance);
                    assertThat(Small.largestDifference(jk, kj)).isLessThan(tolerance);
                }
            }
        });
    }

    /** Law 4. */
    @TestFactory
    default Stream<DynamicTest> factor_times_its_transpose_is_the_matrix() {
        return forEachDraw(d -> {
            for (int[] at : d.lists()) {
                DMatrixRMaj lambda = new DMatrixRMaj(at.length, at.length);
                d.bound().factor(d.tau(), at, lambda);
                DMatrixRMaj matrix = d.bound().matrix(d.tau(), at, new DMatrixRMaj(at.length, at.length));
                // the default drops pivots below n·2⁻⁵⁰ of the largest
                assertThat(Small.largestDifference(Small.times(lambda, Small.transposed(lambda)), matrix))
                        .isLessThan(1e-14 * at.length * Small.largest(matrix));
            }
        });
    }

    /** Law 4, where the structure has a smooth factor. */
    @TestFactory
    default Stream<DynamicTest> factor_derivative_is_that_of_the_factor_where_there_is_one() {
        return forEachDraw(d -> {
            double tolerance = 1e-10 * Math.max(1, Small.largest(d.matrix()));
            for (int[] at : d.lists()) {
                for (int k = 0; k < d.parameters(); k++) {
                    DMatrixRMaj given = new DMatrixRMaj(at.length, at.length);
                    if (d.bound().factorDerivative(d.tau(), k, at, given)) {
                        DMatrixRMaj numerical = NumericalDerivative.of(
                                t -> {
                                    DMatrixRMaj lambda = new DMatrixRMaj(at.length, at.length);
                                    d.bound().factor(t, at, lambda);
                                    return lambda;
                                },
                                d.tau(),
                                k);
                        assertThat(Small.largestDifference(given, numerical)).isLessThan(tolerance);
                    }
                }
            }
        });
    }

    /** Law 2. */
    @TestFactory
    default Stream<DynamicTest> scaled_coordinates_scale_the_matrix_by_the_square() {
        return forEachDraw(d -> {
            double c = 1.75;
            DMatrixRMaj scaled = d.matrix(scaled(d, c));
            DMatrixRMaj expected = Small.combine(c * c, d.matrix(), 0, scaled);
            assertThat(Small.largestDifference(scaled, expected)).isLessThan(1e-14 * d.size() * Small.largest(scaled));
        });
    }

    /** Law 3. */
    @TestFactory
    default Stream<DynamicTest> zero_is_reached_at_a_finite_point() {
        return forEachDraw(
                d -> assertThat(Small.largest(d.matrix(scaled(d, 0)))).isZero());
    }

    private static double[] scaled(Draw d, double c) {
        double[] out = d.tau().clone();
        List<Coordinate> coordinates = d.bound().coordinates();
        for (int k = 0; k < out.length; k++) {
            out[k] *= coordinates.get(k).scales() ? c : 1;
        }
        return out;
    }

    /** What is held at one on the residual side must scale, and must not vanish where the matrix is regular. */
    @TestFactory
    default Stream<DynamicTest> the_held_coordinate_scales_and_the_matrix_is_singular_without_it() {
        return forEachDraw(d -> {
            int held = d.bound().held();
            assertThat(d.bound().coordinates().get(held).scales()).isTrue();
            double[] without = d.tau().clone();
            without[held] = 0;
            assertThat(Small.rank(d.matrix(without))).isLessThan(d.size());
        });
    }

    /** A start is not a boundary value. */
    @TestFactory
    default Stream<DynamicTest> neutral_point_is_regular() {
        return forEachDraw(d -> {
            double[] neutral = d.bound().coordinates().stream()
                    .mapToDouble(Coordinate::neutral)
                    .toArray();
            assertThat(Small.rank(d.matrix(neutral))).isEqualTo(d.size());
            assertThat(d.bound().free(neutral)).containsOnly(true);
        });
    }
}
