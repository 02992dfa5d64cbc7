package henderson.structures;

/** A lower triangular C, n × n, on blocks x of n rows × columns, in place. */
final class Triangular {
    private Triangular() {}

    /** {@code x ← C⁻¹x}. Modified. */
    static void solve(double[] c, int n, double[] x, int offset, int columns) {
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                subtract(c[i * n + k], x, offset + k * columns, offset + i * columns, columns);
            }
            divide(c[i * n + i], x, offset + i * columns, columns);
        }
    }

    /** {@code x ← C⁻ᵀx}. Modified. */
    static void solveTransposed(double[] c, int n, double[] x, int offset, int columns) {
        for (int i = n - 1; i >= 0; i--) {
            divide(c[i * n + i], x, offset + i * columns, columns);
            for (int k = 0; k < i; k++) {
                subtract(c[i * n + k], x, offset + i * columns, offset + k * columns, columns);
            }
        }
    }

    /** {@code x ← Cx}. Modified. */
    static void multiply(double[] c, int n, double[] x, int offset, int columns) {
        for (int i = n - 1; i >= 0; i--) {
            divide(1 / c[i * n + i], x, offset + i * columns, columns);
            for (int k = 0; k < i; k++) {
                subtract(-c[i * n + k], x, offset + k * columns, offset + i * columns, columns);
            }
        }
    }

    /** {@code x ← Cᵀx}. Modified. */
    static void multiplyTransposed(double[] c, int n, double[] x, int offset, int columns) {
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                subtract(-c[i * n + k], x, offset + i * columns, offset + k * columns, columns);
            }
            divide(1 / c[i * n + i], x, offset + i * columns, columns);
        }
    }

    private static void divide(double by, double[] x, int row, int columns) {
        for (int j = row; j < row + columns; j++) {
            x[j] /= by;
        }
    }

    /** {@code x[to] −= f x[from]}. */
    private static void subtract(double f, double[] x, int from, int to, int columns) {
        for (int j = 0; j < columns; j++) {
            x[to + j] -= f * x[from + j];
        }
    }
}
