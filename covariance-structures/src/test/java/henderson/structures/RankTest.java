package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundStructure;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The boundary of unstructured covariances where it is not generic. */
class RankTest {
    private static DMatrixRMaj square(DMatrixRMaj a) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, a.numRows);
        CommonOps_DDRM.multTransB(a, a, out);
        return out;
    }

    private static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj d = new DMatrixRMaj(a.numRows, a.numCols);
        CommonOps_DDRM.subtract(a, b, d);
        return NormOps_DDRM.normF(d);
    }

    private static DMatrixRMaj matrix(BoundStructure bound, double... tau) {
        int q = (int) Math.round(Math.sqrt(2 * tau.length + 0.25) - 0.5);
        int[] all = java.util.stream.IntStream.range(0, q).toArray();
        return bound.matrix(tau, all, new DMatrixRMaj(q, q));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void lower_form_of_any_matrix_has_the_same_square(long seed) {
        Random random = new Random(seed);
        int n = 1 + random.nextInt(5);
        int m = 1 + random.nextInt(6);
        DMatrixRMaj b = new DMatrixRMaj(n, m);
        for (int i = 0; i < b.data.length; i++) {
            b.data[i] = random.nextGaussian();
        }
        DMatrixRMaj l = Echelon.lower(b.copy());
        assertThat(distance(square(l), square(b))).isLessThan(1e-14 * n * m * NormOps_DDRM.normF(square(b)));
        for (int i = 0; i < n; i++) {
            assertThat(i < m ? l.get(i, i) : 0).isGreaterThanOrEqualTo(0);
            for (int j = i + 1; j < n; j++) {
                assertThat(l.get(i, j)).isZero();
            }
        }
    }

    @Test
    void zero_rows_move_zero_columns_to_the_end() {
        DMatrixRMaj b = new DMatrixRMaj(new double[][] {{0, 0, 0}, {0, 3, 4}, {1, 0, 2}});
        DMatrixRMaj l = Echelon.lower(b.copy());
        assertThat(l.get(1, 0)).isCloseTo(5, within(1e-15 * 5));
        assertThat(l.get(2, 1)).isPositive();
        assertThat(List.of(l.get(0, 0), l.get(1, 1), l.get(0, 2), l.get(1, 2), l.get(2, 2)))
                .containsOnly(0.0);
        assertThat(distance(square(l), square(b))).isLessThan(1e-14);
    }

    @Test
    void rank_does_not_depend_on_the_units_of_the_positions() {
        assertThat(Rank.of(new DMatrixRMaj(new double[][] {{1e9, 0}, {5e-9, 1e-9}})))
                .isEqualTo(2);
        assertThat(Rank.of(new DMatrixRMaj(new double[][] {{1e9, 0}, {5e-9, 1e-26}})))
                .isEqualTo(1);
        assertThat(Rank.of(new DMatrixRMaj(3, 3))).isZero();
    }

    @Test
    void where_the_first_variance_is_zero_no_two_free_entries_do_the_same() {
        // echelon form with pivots in rows 1 and 2: Λ = [0 0 0; x 0 0; y w 0]
        boolean[] free = Rank.free(new DMatrixRMaj(new double[][] {{0, 0, 0}, {2, 0, 0}, {1, 3, 0}}));
        // entry (1, 1) would only turn the two columns
        assertThat(free).containsExactly(true, true, false, true, true, false);
    }

    @Test
    void the_nearest_boundary_point_is_near_when_a_variance_nearly_vanishes() {
        BoundStructure bound = new BoundUnstructured(2);
        double[] tau = {1, 0.5, 1e-5};
        double[] point = bound.boundaryPoints(tau).get(0);
        assertThat(point[2]).isZero();
        // the square of the dropped singular value
        assertThat(distance(matrix(bound, point), matrix(bound, tau))).isLessThan(1.1e-10);
    }

    @Test
    void a_first_variance_of_zero_is_released_by_its_own_direction() {
        BoundStructure bound = new BoundUnstructured(2);
        double[] tau = {0, 1, 0}; // G = diag(0, 1)
        DMatrixRMaj score = new DMatrixRMaj(new double[][] {{-1, 0}, {0, 0}});
        assertThat(bound.boundaryCurvature(tau, score).data[0]).isCloseTo(-1, within(1e-15));
        double[] released = bound.release(tau, score, 0.01);
        DMatrixRMaj expected = new DMatrixRMaj(new double[][] {{0.01, 0}, {0, 1}});
        assertThat(distance(matrix(bound, released), expected)).isLessThan(1e-15);
    }

    @Test
    void nothing_is_left_to_drop_from_zero_and_everything_can_be_released() {
        BoundStructure bound = new BoundUnstructured(2);
        double[] zero = new double[3];
        assertThat(bound.boundaryPoints(zero)).isEmpty();
        assertThat(bound.free(zero)).containsOnly(false);
        DMatrixRMaj score = new DMatrixRMaj(new double[][] {{1, 2}, {2, 1}});
        // least eigenvalue −1 along (1, −1)/√2
        DMatrixRMaj expected = new DMatrixRMaj(new double[][] {{0.5, -0.5}, {-0.5, 0.5}});
        assertThat(distance(matrix(bound, bound.release(zero, score, 1)), expected))
                .isLessThan(1e-15 * 4);
    }
}
