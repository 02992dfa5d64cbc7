package henderson.equations;

import java.util.Arrays;

/** Square matrices of a few to some hundred rows, row-major: loops over contiguous numbers, no allocation. */
final class SquareMatrices {
    private SquareMatrices() {}

    /**
     * {@code a = CCᵀ}, C into the lower triangle; the upper one is left alone.
     *
     * @return the smallest square of a pivot by its diagonal entry, negative or NaN where a is not positive definite
     */
    static double cholesky(double[] a, int n) {
        double least = 1;
        for (int i = 0; i < n; i++) {
            int row = i * n;
            for (int j = 0; j < i; j++) {
                int other = j * n;
                double sum = a[row + j] - dot(a, row, other, j);
                a[row + j] = sum / a[other + j];
            }
            double whole = a[row + i];
            double pivot = whole - dot(a, row, row, i);
            if (!(pivot > 0)) {
                return pivot > 0 || pivot <= 0 ? -1 : Double.NaN;
            }
            least = Math.min(least, pivot / whole);
            a[row + i] = Math.sqrt(pivot);
        }
        return least;
    }

    private static double dot(double[] a, int from, int other, int n) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int k = 0;
        for (; k + 3 < n; k += 4) {
            first += a[from + k] * a[other + k];
            second += a[from + k + 1] * a[other + k + 1];
            third += a[from + k + 2] * a[other + k + 2];
            fourth += a[from + k + 3] * a[other + k + 3];
        }
        for (; k < n; k++) {
            first += a[from + k] * a[other + k];
        }
        return first + second + (third + fourth);
    }

    /** {@code log|CCᵀ|}. */
    static double logDeterminant(double[] c, int n) {
        double product = 1;
        double log = 0;
        for (int i = 0; i < n; i++) {
            double next = product * c[i * n + i];
            if (next < 1e-200 || next > 1e200) {
                log += Math.log(product);
                next = c[i * n + i];
            }
            product = next;
        }
        return 2 * (log + Math.log(product));
    }

    /** {@code out ← (CCᵀ)⁻¹}, whole. The lower triangle of {@code c} becomes {@code C⁻¹}. Both are modified. */
    static void inverse(double[] c, int n, double[] out) {
        for (int i = 0; i < n; i++) {
            int row = i * n;
            double pivot = 1 / c[row + i];
            // row i of C⁻¹ is −(Σ_k<i C_ik row k)/C_ii, gathered in out
            Arrays.fill(out, row, row + n, 0);
            for (int k = 0; k < i; k++) {
                addScaled(-c[row + k] * pivot, c, k * n, out, row, k + 1);
            }
            System.arraycopy(out, row, c, row, i);
            c[row + i] = pivot;
        }
        Arrays.fill(out, 0, n * n, 0);
        for (int k = 0; k < n; k++) {
            for (int i = 0; i <= k; i++) {
                addScaled(c[k * n + i], c, k * n, out, i * n, i + 1);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                out[j * n + i] = out[i * n + j];
            }
        }
    }

    private static void addScaled(double f, double[] x, int from, double[] out, int into, int count) {
        for (int j = 0; j < count; j++) {
            out[into + j] += f * x[from + j];
        }
    }

    /** {@code out ← ab}; a is rows × inner, b inner × columns. */
    static void multiply(double[] a, double[] b, int rows, int inner, int columns, double[] out) {
        for (int i = 0; i < rows; i++) {
            int into = i * columns;
            Arrays.fill(out, into, into + columns, 0);
            int k = 0;
            for (; k + 3 < inner; k += 4) {
                addFour(a, i * inner + k, b, k * columns, columns, out, into);
            }
            for (; k < inner; k++) {
                addScaled(a[i * inner + k], b, k * columns, out, into, columns);
            }
        }
    }

    private static void addFour(double[] a, int at, double[] b, int from, int columns, double[] out, int into) {
        double f0 = a[at];
        double f1 = a[at + 1];
        double f2 = a[at + 2];
        double f3 = a[at + 3];
        int second = from + columns;
        int third = second + columns;
        int fourth = third + columns;
        for (int j = 0; j < columns; j++) {
            out[into + j] += f0 * b[from + j] + f1 * b[second + j] + (f2 * b[third + j] + f3 * b[fourth + j]);
        }
    }

    /** {@code out ← abᵀ}; a is rows × inner, b columns × inner. */
    static void multiplyTransposed(double[] a, double[] b, int rows, int inner, int columns, double[] out) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum += a[i * inner + k] * b[j * inner + k];
                }
                out[i * columns + j] = sum;
            }
        }
    }

    /** {@code Σ a_i b_i} over the first {@code n} entries. */
    static double inner(double[] a, double[] b, int n) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        for (; i < n; i++) {
            first += a[i] * b[i];
        }
        return first + second + (third + fourth);
    }

    /** Lower triangle of {@code a}, row by row. */
    static void pack(double[] a, int n, double[] out) {
        int into = 0;
        for (int i = 0; i < n; i++) {
            System.arraycopy(a, i * n, out, into, i + 1);
            into += i + 1;
        }
    }
}
