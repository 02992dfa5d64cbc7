package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class RotationsTest {
    /** Products of at most 13 rows of entries about 1. */
    private static final double ROUNDING = 1e-14;

    @Test
    void a_merged_triangle_holds_the_products_of_both() {
        for (int n = 0; n < 7; n++) {
            DMatrixRMaj a = triangle(n, n + 2);
            DMatrixRMaj b = triangle(n, n + 3);
            DMatrixRMaj expected = Dense.product(a, a);
            CommonOps_DDRM.multAddTransA(b, b, expected);

            double[] into = a.data.clone();
            BlockFactor.merge(into, b.data.clone(), n);

            DMatrixRMaj r = Dense.upper(into, n);
            assertThat(Dense.error(Dense.product(r, r), expected)).isLessThan(ROUNDING);
            for (int i = 0; i < n; i++) {
                assertThat(r.get(i, i)).isPositive();
            }
        }
    }

    @Test
    void merging_into_an_empty_triangle_copies_up_to_the_sign_of_rows() {
        DMatrixRMaj b = triangle(4, 1);
        double[] into = new double[16];
        BlockFactor.merge(into, b.data.clone(), 4);
        assertThat(Dense.error(Dense.upper(into, 4), b)).isLessThan(ROUNDING);
    }

    @Test
    void merging_an_empty_triangle_changes_no_bit() {
        DMatrixRMaj a = triangle(4, 1);
        double[] into = a.data.clone();
        BlockFactor.merge(into, new double[16], 4);
        assertThat(into).containsExactly(a.data);
    }

    @Test
    void what_stands_below_a_diagonal_is_not_looked_at() {
        double[] into = triangle(4, 1).data;
        double[] from = triangle(4, 2).data;
        double[] clean = into.clone();
        BlockFactor.merge(clean, from.clone(), 4);
        for (int i = 0; i < 4; i++) {
            Arrays.fill(into, 4 * i, 4 * i + i, Double.NaN);
            Arrays.fill(from, 4 * i, 4 * i + i, Double.NaN);
        }
        BlockFactor.merge(into, from, 4);
        assertThat(Dense.upper(into, 4).data).containsExactly(Dense.upper(clean, 4).data);
    }

    @Test
    void rows_rotated_into_a_border_add_their_products() {
        int n = 5;
        DMatrixRMaj rows = Dense.gaussian(13, n, new Random(4));
        double[] triangle = new double[n * n];
        for (int i = 0; i < rows.numRows; i++) {
            double[] row = Arrays.copyOf(Arrays.copyOfRange(rows.data, i * n, i * n + n), n + 3);
            BlockFactor.absorbBorder(triangle, row, n);
        }
        DMatrixRMaj r = Dense.upper(triangle, n);
        assertThat(Dense.error(Dense.product(r, r), Dense.product(rows, rows))).isLessThan(ROUNDING);
    }

    @Test
    void entries_whose_squares_underflow_or_overflow_keep_their_length() {
        for (double scale : new double[] {1e-320, 1e-200, 1e-160, 1e-150, 1e-141, 1e149, 1e152, 1e155, 1e300}) {
            double[] triangle = {0, 0, 0, 0};
            BlockFactor.absorbBorder(triangle, new double[] {3 * scale, 3 * scale}, 2);
            BlockFactor.absorbBorder(triangle, new double[] {-4 * scale, -4 * scale}, 2);
            // relative to the rounding of denormal numbers, where there are any
            double rounding = Math.max(1e-14 * scale, 3 * Double.MIN_VALUE);
            assertThat(triangle[0]).isCloseTo(5 * scale, within(rounding));
            assertThat(triangle[1]).isCloseTo(5 * scale, within(rounding));
            assertThat(triangle[3]).isCloseTo(0, within(2 * rounding));
        }
    }

    /** What rounding leaves of a dependent column shrinks 10¹⁶ times at every further one, down to denormal numbers. */
    @Test
    void many_dependent_columns_do_not_spoil_the_products() {
        int n = 200;
        int rows = 500;
        Random random = new Random(5);
        double[] triangle = new double[n * n];
        DMatrixRMaj all = new DMatrixRMaj(rows, n);
        for (int i = 0; i < rows; i++) {
            double base = random.nextGaussian();
            for (int j = 0; j < n; j++) {
                all.set(i, j, j % 9 == 0 ? 1 : j % 9 == 1 ? base : random.nextGaussian());
            }
            BlockFactor.absorbBorder(triangle, Arrays.copyOfRange(all.data, i * n, i * n + n), n);
        }
        DMatrixRMaj r = Dense.upper(triangle, n);
        assertThat(Dense.error(Dense.product(r, r), Dense.product(all, all))).isLessThan(rows * ROUNDING);
    }

    @Test
    void a_value_that_is_not_a_number_is_not_hidden() {
        double[] triangle = {1, 0, 0, 1};
        BlockFactor.absorbBorder(triangle, new double[] {Double.NaN, 1}, 2);
        assertThat(triangle[0]).isNaN();
        assertThat(triangle[3]).isNaN();
    }

    private static DMatrixRMaj triangle(int n, long seed) {
        DMatrixRMaj out = Dense.upper(Dense.gaussian(n, n, new Random(seed)).data, n);
        for (int i = 0; i < n; i++) {
            out.set(i, i, 0.5 + Math.abs(out.get(i, i)));
        }
        return out;
    }
}
