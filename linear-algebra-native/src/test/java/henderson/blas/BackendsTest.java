package henderson.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import henderson.linalg.DenseBackend;
import henderson.linalg.DenseBackendProvider;
import java.util.Arrays;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend on the class path promises; one whose library is absent is skipped, with the reason. */
@ParameterizedClass(name = "{0}")
@MethodSource("backends")
class BackendsTest {
    /** Condition below 10 and order at most 300: about 10 n ulps. */
    private static final double ROUNDING = 5e-13;

    /** A backend, or the reason why there is none. */
    record Candidate(String name, DenseBackend backend, String declined) {
        static Candidate of(DenseBackendProvider provider) {
            try {
                DenseBackend backend = provider.load(System.getProperty("henderson.dense.library", ""));
                return new Candidate(provider.name() + ": " + backend.description(), backend, "");
            } catch (DenseBackendProvider.Declined e) {
                return new Candidate(provider.name() + ": " + e.getMessage(), null, e.getMessage());
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Candidate[] ALL = Stream.concat(
                    Stream.of(new Candidate("java", DenseBackend.plain(), "")),
                    ServiceLoader.load(DenseBackendProvider.class).stream().map(p -> Candidate.of(p.get())))
            .toArray(Candidate[]::new);

    static Stream<Candidate> backends() {
        return Arrays.stream(ALL);
    }

    static IntStream orders() {
        return IntStream.rangeClosed(1, 300).filter(n -> n < 70 || n % 7 == 1 || n % 64 < 2 || n >= 299);
    }

    private double[] garbage = {};

    @Parameter
    Candidate candidate;

    private DenseBackend backend() {
        if (candidate.backend() == null) {
            abort("skipped, " + candidate.name());
        }
        return candidate.backend();
    }

    @ParameterizedTest(name = "n = {0}")
    @MethodSource("orders")
    void cholesky_agrees_with_ejml_and_carries_the_columns_beside_along(int n) {
        DenseBackend backend = backend();
        Random random = new Random(n);
        DMatrixRMaj a = positive(n, random);
        DMatrixRMaj expected = factor(a);
        for (int beside : new int[] {0, 1, 7}) {
            DMatrixRMaj b = gaussian(n, beside, random);
            double[][] rows = rows(a, b);

            assertThat(backend.cholesky(rows, n, n + beside)).isTrue();

            assertThat(difference(rows, 0, expected, true)).isLessThan(ROUNDING);
            if (beside > 0) {
                DMatrixRMaj carried = new DMatrixRMaj(n, beside);
                CommonOps_DDRM.solve(CommonOps_DDRM.transpose(expected, null), b, carried);
                assertThat(difference(rows, n, carried, false)).isLessThan(ROUNDING);
            }
        }
    }

    @ParameterizedTest(name = "n = {0}")
    @MethodSource("orders")
    void inverse_agrees_with_ejml_and_is_symmetric_to_the_bit(int n) {
        DenseBackend backend = backend();
        DMatrixRMaj a = positive(n, new Random(n));
        DMatrixRMaj expected = new DMatrixRMaj(n, n);
        CommonOps_DDRM.invert(a, expected);

        double[][] z = inverse(backend, factor(a), Double.NaN);

        assertThat(difference(z, 0, expected, false)).isLessThan(ROUNDING);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(z[i][j]).isEqualTo(z[j][i]);
            }
        }
    }

    @ParameterizedTest(name = "n = {0}")
    @MethodSource("orders")
    void product_agrees_with_ejml_and_comes_again_to_the_bit(int n) {
        DenseBackend backend = backend();
        Random random = new Random(n);
        DMatrixRMaj a = gaussian(n, n, random);
        DMatrixRMaj b = gaussian(n, n, random);
        DMatrixRMaj expected = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(a, b, expected);
        double[][] rowsOfA = square(a, 0);
        double[][] rowsOfB = square(b, 0);
        double[][] c = square(a, Double.NaN);
        double[][] again = square(a, 1);

        backend.multiply(rowsOfA, rowsOfB, n, c);
        backend.multiply(rowsOfA, rowsOfB, n, again);

        assertThat(difference(c, 0, expected, false)).isLessThan(ROUNDING);
        assertThat(again).isDeepEqualTo(c);
        assertThat(rowsOfA).isDeepEqualTo(square(a, 0));
        assertThat(rowsOfB).isDeepEqualTo(square(b, 0));
    }

    private static double[][] square(DMatrixRMaj a, double times) {
        double[][] rows = new double[a.numRows][a.numCols];
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++) {
                rows[i][j] = times == 0 ? a.get(i, j) : times * a.get(i, j);
            }
        }
        return rows;
    }

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {1, 2, 3, 5, 16, 48, 64, 200, 300})
    void a_matrix_that_is_not_positive_definite_is_refused_wherever_the_pivot_is(int n) {
        DenseBackend backend = backend();
        DMatrixRMaj a = positive(n, new Random(n));
        DMatrixRMaj r = factor(a);
        for (int k = 0; k < n; k += 1 + n / 17) {
            double pivot = r.get(k, k) * r.get(k, k);
            DMatrixRMaj indefinite = a.copy();
            indefinite.add(k, k, -1.01 * pivot);
            assertThat(backend.cholesky(rows(indefinite, new DMatrixRMaj(n, 3)), n, n + 3))
                    .as("pivot %d", k)
                    .isFalse();
        }
        assertThat(backend.cholesky(new double[n][n], n, n)).as("zero").isFalse();
    }

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {1, 2, 5, 48, 67, 192})
    void a_value_that_is_not_a_finite_number_is_refused_wherever_it_is(int n) {
        DenseBackend backend = backend();
        DMatrixRMaj a = positive(n, new Random(n));
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (int i = 0; i < n; i += 1 + n / 20) {
                for (int j = i; j < n; j += 1 + n / 20) {
                    DMatrixRMaj spoilt = a.copy();
                    spoilt.set(i, j, bad);
                    assertThat(backend.cholesky(rows(spoilt, new DMatrixRMaj(n, 1)), n, n + 1))
                            .as("%s at (%d, %d)", bad, i, j)
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {1, 3, 17, 64, 129, 300})
    void repetition_gives_equal_bits_whatever_memory_held_and_whichever_thread_asks(int n) throws InterruptedException {
        DenseBackend backend = backend();
        DMatrixRMaj a = positive(n, new Random(n));
        DMatrixRMaj b = gaussian(n, 4, new Random(1));
        double[][] first = rows(a, b);
        assertThat(backend.cholesky(first, n, n + 4)).isTrue();
        double[][] z = inverse(backend, factor(a), 0);
        for (int k = 0; k < 5; k++) {
            // moves what comes after it in memory
            garbage = new double[3 * k + 1];
            double[][] again = rows(a, b);
            AtomicBoolean done = new AtomicBoolean();
            Thread other = new Thread(() -> done.set(backend.cholesky(again, n, n + 4)));
            other.start();
            other.join();
            assertThat(done).isTrue();
            double[][] zAgain = inverse(backend, factor(a), k);
            for (int i = 0; i < n; i++) {
                assertThat(Arrays.copyOfRange(again[i], i, n + 4)).isEqualTo(Arrays.copyOfRange(first[i], i, n + 4));
                assertThat(zAgain[i]).isEqualTo(z[i]);
            }
        }
    }

    @ParameterizedTest(name = "n = {0}")
    @ValueSource(ints = {5, 100, 200})
    void only_the_leading_part_is_touched(int n) {
        DenseBackend backend = backend();
        double[][] rows = rows(positive(n + 1, new Random(n)), gaussian(n + 1, 4, new Random(2)));
        double[][] before = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);

        assertThat(backend.cholesky(rows, n, n + 3)).isTrue();

        assertThat(rows[n]).isEqualTo(before[n]);
        for (int i = 0; i < n; i++) {
            assertThat(Arrays.copyOfRange(rows[i], n + 3, n + 5))
                    .isEqualTo(Arrays.copyOfRange(before[i], n + 3, n + 5));
        }
    }

    private static double[][] inverse(DenseBackend backend, DMatrixRMaj r, double before) {
        int n = r.numRows;
        double[][] z = new double[n][n];
        double[] work = new double[backend.inverseWorkspace(n)];
        for (double[] row : z) {
            Arrays.fill(row, before);
        }
        Arrays.fill(work, before);
        backend.inverse(rows(r, new DMatrixRMaj(n, 0)), n, z, work);
        return z;
    }

    /** {@code I + GᵀG/n}. */
    private static DMatrixRMaj positive(int n, Random random) {
        DMatrixRMaj g = gaussian(n, n, random);
        DMatrixRMaj a = CommonOps_DDRM.identity(n);
        CommonOps_DDRM.multAddTransA(1.0 / n, g, g, a);
        return a;
    }

    private static DMatrixRMaj gaussian(int rows, int columns, Random random) {
        DMatrixRMaj g = new DMatrixRMaj(rows, columns);
        Arrays.setAll(g.data, i -> random.nextGaussian());
        return g;
    }

    private static DMatrixRMaj factor(DMatrixRMaj a) {
        var decomposition = DecompositionFactory_DDRM.chol(a.numRows, false);
        Assumptions.assumeTrue(decomposition.decompose(a.copy()));
        return decomposition.getT(null);
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

    private static double difference(double[][] rows, int from, DMatrixRMaj expected, boolean upper) {
        double largest = 0;
        double scale = CommonOps_DDRM.elementMaxAbs(expected);
        for (int i = 0; i < expected.numRows; i++) {
            for (int j = upper ? i : 0; j < expected.numCols; j++) {
                double error = Math.abs(rows[i][from + j] - expected.get(i, j)) / scale;
                largest = error <= largest ? largest : error; // keeps NaN
            }
        }
        return largest;
    }
}
