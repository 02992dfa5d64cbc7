package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaBackendTest {
    /** Condition below 10 and order at most 200: about 10 n ulps. */
    private static final double ROUNDING = 2e-13;

    private final JavaBackend backend = new JavaBackend();

    static IntStream orders() {
        return IntStream.rangeClosed(1, 200);
    }

    @ParameterizedTest(name = "n = {0}")
    @MethodSource("orders")
    void cholesky_agrees_with_ejml_and_carries_the_columns_beside_along(int n) {
        Random random = new Random(n);
        DMatrixRMaj a = Dense.positive(n, random);
        DMatrixRMaj expected = Dense.cholesky(a);
        for (int beside : new int[] {0, 1, 3, 5}) {
            DMatrixRMaj b = Dense.gaussian(n, beside, random);
            double[][] rows = rows(a, b);

            assertThat(backend.cholesky(rows, n, n + beside)).isTrue();

            assertThat(Dense.error(part(rows, 0, n, true), expected)).isLessThan(ROUNDING);
            if (beside > 0) {
                DMatrixRMaj carried = Dense.solve(Dense.transposed(expected), b);
                assertThat(Dense.error(part(rows, n, beside, false), carried)).isLessThan(ROUNDING);
            }
        }
    }

    @ParameterizedTest(name = "n = {0}")
    @MethodSource("orders")
    void inverse_agrees_with_ejml_and_is_symmetric_to_the_bit(int n) {
        DMatrixRMaj a = Dense.positive(n, new Random(n));
        double[][] r = rows(Dense.cholesky(a), new DMatrixRMaj(n, 0));
        double[][] z = new double[n][n];
        double[] work = new double[backend.inverseWorkspace(n)];
        for (double[] row : z) {
            Arrays.fill(row, Double.NaN);
        }
        Arrays.fill(work, Double.NaN);

        backend.inverse(r, n, z, work);

        DMatrixRMaj inverse = part(z, 0, n, false);
        assertThat(Dense.error(inverse, Dense.inverse(a))).isLessThan(ROUNDING);
        assertThat(Arrays.equals(inverse.data, Dense.transposed(inverse).data)).isTrue();
    }

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 47, 95, 96, 97, 100, 146, 513, 520})
    void a_product_agrees_with_ejml(int n) {
        Random random = new Random(n);
        DMatrixRMaj a = Dense.gaussian(n, n, random);
        DMatrixRMaj b = Dense.gaussian(n, n, random);
        double[][] c = new double[n][n + 1];
        for (double[] row : c) {
            Arrays.fill(row, Double.NaN);
        }

        backend.multiply(rows(a), rows(b), n, c);

        assertThat(Dense.error(part(c, 0, n, false), Dense.product(Dense.transposed(a), b)))
                .isLessThan(ROUNDING);
    }

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {397, 401, 420, 533, 700})
    void tiles_leave_no_seam(int n) {
        DMatrixRMaj a = Dense.positive(n, new Random(n));
        double[][] r = rows(a, new DMatrixRMaj(n, 0));
        double[][] z = new double[n][n];

        assertThat(backend.cholesky(r, n, n)).isTrue();
        assertThat(Dense.error(part(r, 0, n, true), Dense.cholesky(a))).isLessThan(5 * ROUNDING);
        backend.inverse(r, n, z, new double[backend.inverseWorkspace(n)]);

        DMatrixRMaj inverse = part(z, 0, n, false);
        assertThat(Dense.error(inverse, Dense.inverse(a))).isLessThan(5 * ROUNDING);
        assertThat(Arrays.equals(inverse.data, Dense.transposed(inverse).data)).isTrue();
    }

    @Test
    void only_the_leading_part_is_touched() {
        double[][] rows = rows(Dense.positive(50, new Random(1)), Dense.gaussian(50, 4, new Random(2)));
        double[][] before = copy(rows);

        assertThat(backend.cholesky(rows, 49, 52)).isTrue();

        assertThat(rows[49]).containsExactly(before[49]);
        for (int i = 0; i < 49; i++) {
            assertThat(Arrays.copyOfRange(rows[i], 52, 54)).containsExactly(Arrays.copyOfRange(before[i], 52, 54));
        }
    }

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {1, 2, 3, 4, 47, 48, 49, 50, 51, 95, 96, 97, 100, 147})
    void a_negative_pivot_anywhere_is_refused(int n) {
        DMatrixRMaj a = Dense.positive(n, new Random(n));
        double[] schur = Dense.cholesky(a).data;
        for (int k = 0; k < n; k++) {
            DMatrixRMaj indefinite = a.copy();
            double pivot = schur[k * n + k] * schur[k * n + k];
            indefinite.add(k, k, -1.01 * pivot);
            assertThat(backend.cholesky(rows(indefinite, new DMatrixRMaj(n, 0)), n, n))
                    .as("pivot %d", k)
                    .isFalse();
            DMatrixRMaj definite = a.copy();
            definite.add(k, k, -0.2 * pivot / (1 + n));
            assertThat(backend.cholesky(rows(definite, new DMatrixRMaj(n, 0)), n, n))
                    .as("pivot %d", k)
                    .isTrue();
        }
    }

    @Test
    void a_zero_matrix_is_refused() {
        for (int n = 1; n < 5; n++) {
            assertThat(backend.cholesky(new double[n][n], n, n)).isFalse();
        }
    }

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {1, 2, 5, 48, 52})
    void a_value_that_is_not_a_finite_number_anywhere_is_refused(int n) {
        DMatrixRMaj a = Dense.positive(n, new Random(n));
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (int i = 0; i < n; i++) {
                for (int j = i; j < n; j++) {
                    DMatrixRMaj spoilt = a.copy();
                    spoilt.set(i, j, bad);
                    assertThat(backend.cholesky(rows(spoilt, new DMatrixRMaj(n, 0)), n, n))
                            .as("%s at (%d, %d)", bad, i, j)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void equal_input_gives_equal_bits_whatever_the_workspace_held() {
        int n = 101;
        DMatrixRMaj a = Dense.positive(n, new Random(7));
        double[][] first = invert(a, n, 0);
        double[][] second = invert(a, n, 3);
        for (int i = 0; i < n; i++) {
            assertThat(first[i]).containsExactly(second[i]);
        }
    }

    private double[][] invert(DMatrixRMaj a, int n, double before) {
        double[][] r = rows(a, new DMatrixRMaj(n, 0));
        double[][] z = new double[n][n];
        double[] work = new double[backend.inverseWorkspace(n) + 5];
        for (double[] row : z) {
            Arrays.fill(row, before);
        }
        Arrays.fill(work, before);
        assertThat(backend.cholesky(r, n, n)).isTrue();
        backend.inverse(r, n, z, work);
        return z;
    }

    /** {@code [A b]} by rows; below the diagonal of A, which nobody may read, stands NaN. */
    private static double[][] rows(DMatrixRMaj a, DMatrixRMaj b) {
        int n = a.numRows;
        double[][] rows = new double[n][n + b.numCols];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = j < i ? Double.NaN : a.get(i, j);
            }
            for (int j = 0; j < b.numCols; j++) {
                rows[i][n + j] = b.get(i, j);
            }
        }
        return rows;
    }

    private static double[][] rows(DMatrixRMaj a) {
        double[][] rows = new double[a.numRows][a.numCols];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(a.data, i * a.numCols, rows[i], 0, a.numCols);
        }
        return rows;
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    private static DMatrixRMaj part(double[][] rows, int from, int columns, boolean upper) {
        DMatrixRMaj out = new DMatrixRMaj(rows.length, columns);
        for (int i = 0; i < rows.length; i++) {
            for (int j = upper ? i : 0; j < columns; j++) {
                out.set(i, j, rows[i][from + j]);
            }
        }
        return out;
    }
}
