package henderson.benchmarks.kernels;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Between the layouts of libraries. */
final class Layouts {
    private Layouts() {}

    /** Rows of a row-major matrix of {@code columns} columns. */
    static double[][] rows(double[] a, int columns) {
        return IntStream.range(0, a.length / columns)
                .mapToObj(i -> Arrays.copyOfRange(a, i * columns, (i + 1) * columns))
                .toArray(double[][]::new);
    }

    /** Row-major from rows. */
    static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    /** Row-major n × m of the transpose, m × n. */
    static double[] transposed(double[] a, int rows, int columns) {
        double[] out = new double[a.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = a[i * columns + j];
            }
        }
        return out;
    }

    /** Upper triangle of an n × n matrix; 0 below. */
    static double[] upper(double[] a, int n) {
        double[] out = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(a, i * n + i, out, i * n + i, n - i);
        }
        return out;
    }

    /** Eigenvalues ascending, then {@code VΛVᵀ}; the vectors are the rows given. */
    static double[] eigen(double[] values, double[][] vectors) {
        int n = values.length;
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] out = new double[n + n * n];
        for (int e = 0; e < n; e++) {
            out[e] = values[order[e]];
            double[] v = vectors[e];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    out[n + i * n + j] += values[e] * v[i] * v[j];
                }
            }
        }
        return out;
    }
}
