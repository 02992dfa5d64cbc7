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

    /** {@code out ← (CCᵀ)⁻¹}, whole; {@code c} becomes {@code C⁻¹}, zeros above its diagonal. Both are modified. */
    static void inverse(double[] c, int n, double[] out) {
        for (int i = 0; i < n; i++) {
            int row = i * n;
            double pivot = 1 / c[row + i];
            // row i of C⁻¹ is −(Σ_k<i C_ik row k)/C_ii, gathered in out
            Arrays.fill(c, row + i + 1, row + n, 0);
            Arrays.fill(out, row, row + n, 0);
            addRows(c, row, 1, c, 0, n, i, out, row, i);
            for (int j = 0; j < i; j++) {
                c[row + j] = -pivot * out[row + j];
            }
            c[row + i] = pivot;
        }
        for (int i = 0; i < n; i++) {
            Arrays.fill(out, i * n, i * n + i + 1, 0);
            addRows(c, i * n + i, n, c, i * n, n, n - i, out, i * n, i + 1);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                out[j * n + i] = out[i * n + j];
            }
        }
    }

    /** {@code out ← ab}; a is rows × inner, b inner × columns. */
    static void multiply(double[] a, double[] b, int rows, int inner, int columns, double[] out) {
        Arrays.fill(out, 0, rows * columns, 0);
        for (int i = 0; i < rows; i++) {
            addRows(a, i * inner, 1, b, 0, columns, inner, out, i * columns, columns);
        }
    }

    /**
     * {@code out_j += Σ_k f_k x_kj}, {@code j < count}.
     *
     * @param f      factors from {@code at}, {@code step} apart
     * @param x      rows of {@code stride} numbers from {@code from}
     * @param rows   number of rows
     * @param out    from {@code into}. Modified.
     */
    private static void addRows(
            double[] f,
            int at,
            int step,
            double[] x,
            int from,
            int stride,
            int rows,
            double[] out,
            int into,
            int count) {
        int k = 0;
        for (; k + 3 < rows; k += 4) {
            int g = at + k * step;
            addFour(
                    f[g],
                    f[g + step],
                    f[g + 2 * step],
                    f[g + 3 * step],
                    x,
                    from + k * stride,
                    stride,
                    out,
                    into,
                    count);
        }
        for (; k < rows; k++) {
            addScaled(f[at + k * step], x, from + k * stride, out, into, count);
        }
    }

    private static void addScaled(double f, double[] x, int from, double[] out, int into, int count) {
        for (int j = 0; j < count; j++) {
            out[into + j] += f * x[from + j];
        }
    }

    private static void addFour(
            double f0,
            double f1,
            double f2,
            double f3,
            double[] x,
            int from,
            int stride,
            double[] out,
            int into,
            int count) {
        int second = from + stride;
        int third = second + stride;
        int fourth = third + stride;
        for (int j = 0; j < count; j++) {
            double sum = Math.fma(f0, x[from + j], out[into + j]);
            sum = Math.fma(f1, x[second + j], sum);
            sum = Math.fma(f2, x[third + j], sum);
            out[into + j] = Math.fma(f3, x[fourth + j], sum);
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
