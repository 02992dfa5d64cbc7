package henderson.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DenseKernelsTest {
    /** Sums of up to 100 products of numbers about 1, of matrices of condition below 10. */
    private static final double ROUNDING = 1e-12;

    static Stream<Arguments> candidates() {
        return Arrays.stream(DenseOperation.values())
                .flatMap(operation -> DenseLibrary.ALL.stream().flatMap(library -> Stream.of(1, 2, 3, 5, 16, 64, 100)
                        .map(n -> Arguments.of(operation, library.name(), n))));
    }

    @ParameterizedTest(name = "{0} by {1}, n = {2}")
    @MethodSource("candidates")
    void candidate_computes_what_the_operation_says(DenseOperation operation, String library, int n) {
        DenseInput input = new DenseInput(n);
        DenseLibrary found = DenseLibrary.ALL.stream()
                .filter(each -> each.name().equals(library))
                .findFirst()
                .orElseThrow();
        Task task = found.task(operation, input);
        assumeTrue(task != null, library + " has no " + operation + " here");
        double[] expected = expected(operation, input);
        for (int k = 0; k < 2; k++) { // twice: the input is not used up
            task.run();
            double[] actual = task.result();
            assertThat(actual).hasSameSizeAs(expected);
            assertThat(difference(actual, expected)).isLessThan(ROUNDING * scale(expected));
        }
    }

    @Test
    void there_is_a_benchmark_for_each_operation() {
        assertThat(Arrays.stream(DenseKernels.class.getDeclaredMethods())
                        .filter(method ->
                                Modifier.isPublic(method.getModifiers()) && method.getReturnType() == Object.class)
                        .map(method -> method.getName().toUpperCase(Locale.ROOT)))
                .containsExactlyInAnyOrder(
                        Arrays.stream(DenseOperation.values()).map(Enum::name).toArray(String[]::new));
    }

    private static double difference(double[] actual, double[] expected) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double d = Math.abs(actual[i] - expected[i]);
            largest = d <= largest ? largest : d; // keeps NaN
        }
        return largest;
    }

    private static double scale(double[] expected) {
        return 1 + Arrays.stream(expected).map(Math::abs).max().orElse(0);
    }

    /** By the definition, with plain loops. */
    private static double[] expected(DenseOperation operation, DenseInput in) {
        int n = in.n;
        return switch (operation) {
            case POTRF -> in.r;
            case INVERSE -> inverse(in);
            case TRSM -> substituted(in.r, in.b, n, DenseInput.SIDES);
            case SYRK -> Layouts.upper(product(Layouts.transposed(in.g, n, n), in.g, n), n);
            case GEMM -> product(in.g, in.h, n);
            case EIGEN -> {
                double[] out = new double[n + n * n];
                System.arraycopy(in.a, 0, out, n, n * n);
                System.arraycopy(jacobi(in.a, n), 0, out, 0, n);
                yield out;
            }
        };
    }

    private static double[] product(double[] a, double[] b, int n) {
        double[] out = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    out[i * n + j] += a[i * n + k] * b[k * n + j];
                }
            }
        }
        return out;
    }

    /** {@code R⁻ᵀB}. */
    private static double[] substituted(double[] r, double[] b, int n, int m) {
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < m; c++) {
                for (int k = 0; k < i; k++) {
                    x[i * m + c] -= r[k * n + i] * x[k * m + c];
                }
                x[i * m + c] /= r[i * n + i];
            }
        }
        return x;
    }

    /** {@code R⁻¹R⁻ᵀ}. */
    private static double[] inverse(DenseInput in) {
        double[] identity = new double[in.n * in.n];
        for (int i = 0; i < in.n; i++) {
            identity[i * in.n + i] = 1;
        }
        double[] w = substituted(in.r, identity, in.n, in.n);
        return product(Layouts.transposed(w, in.n, in.n), w, in.n);
    }

    /** Eigenvalues by rotations, ascending. */
    private static double[] jacobi(double[] symmetric, int n) {
        double[] a = symmetric.clone();
        for (int sweep = 0; sweep < 30; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, n, p, q);
                }
            }
        }
        double[] values = new double[n];
        Arrays.setAll(values, i -> a[i * n + i]);
        Arrays.sort(values);
        return values;
    }

    private static void rotate(double[] a, int n, int p, int q) {
        double off = a[p * n + q];
        if (Math.abs(off) < 1e-300) {
            return;
        }
        double theta = (a[q * n + q] - a[p * n + p]) / (2 * off);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
        double c = 1 / Math.hypot(t, 1);
        double s = t * c;
        for (int k = 0; k < n; k++) {
            double x = a[k * n + p];
            double y = a[k * n + q];
            a[k * n + p] = c * x - s * y;
            a[k * n + q] = s * x + c * y;
        }
        for (int k = 0; k < n; k++) {
            double x = a[p * n + k];
            double y = a[q * n + k];
            a[p * n + k] = c * x - s * y;
            a[q * n + k] = s * x + c * y;
        }
    }
}
