package henderson.equations.generalized;

/** Kernels on small square blocks inside longer arrays, row-major. */
final class Small {
    private Small() {}

    /**
     * {@code C}, lower triangular, with {@code CCᵀ = D⁻¹}, from {@code D = UUᵀ}, U upper triangular.
     *
     * @param d      D, q × q with row stride {@code stride}, from {@code at}. Its upper triangle is replaced by U. Modified.
     * @param c      C, q × q, from {@code to}. Modified.
     * @return {@code log|D|}, NaN where it is not positive definite
     */
    static double inverseRoot(double[] d, int at, int stride, int q, double[] c, int to) {
        double log = 0;
        for (int j = q - 1; j >= 0; j--) {
            int row = at + j * stride;
            double diagonal = d[row + j];
            for (int k = j + 1; k < q; k++) {
                diagonal -= d[row + k] * d[row + k];
            }
            if (!(diagonal > 0) || diagonal == Double.POSITIVE_INFINITY) {
                return Double.NaN;
            }
            double root = Math.sqrt(diagonal);
            log += Math.log(diagonal);
            d[row + j] = root;
            for (int i = 0; i < j; i++) {
                double sum = d[at + i * stride + j];
                for (int k = j + 1; k < q; k++) {
                    sum -= d[at + i * stride + k] * d[row + k];
                }
                d[at + i * stride + j] = sum / root;
            }
        }
        // C = U⁻ᵀ: UᵀC = I
        for (int j = 0; j < q; j++) {
            for (int i = 0; i < q; i++) {
                if (i < j) {
                    c[to + i * q + j] = 0;
                    continue;
                }
                double sum = i == j ? 1 : 0;
                for (int k = j; k < i; k++) {
                    sum -= d[at + k * stride + i] * c[to + k * q + j];
                }
                c[to + i * q + j] = sum / d[at + i * stride + i];
            }
        }
        return log;
    }

    /** {@code C}, lower triangular, with {@code CCᵀ = S}; false where S is not positive definite. S dense q × q. */
    static boolean cholesky(double[] s, int at, int q, double[] c, int to) {
        for (int j = 0; j < q; j++) {
            for (int i = 0; i < q; i++) {
                if (i < j) {
                    c[to + i * q + j] = 0;
                    continue;
                }
                double sum = s[at + i * q + j];
                for (int k = 0; k < j; k++) {
                    sum -= c[to + i * q + k] * c[to + j * q + k];
                }
                if (i == j) {
                    if (!(sum > 0) || sum == Double.POSITIVE_INFINITY) {
                        return false;
                    }
                    c[to + j * q + j] = Math.sqrt(sum);
                } else {
                    c[to + i * q + j] = sum / c[to + j * q + j];
                }
            }
        }
        return true;
    }

    /** {@code x ← CCᵀx} for a lower triangular C; {@code work} has q entries. Modified: x, work. */
    static void timesSquare(double[] c, int at, int q, double[] x, int from, double[] work) {
        for (int j = 0; j < q; j++) {
            double sum = 0;
            for (int i = j; i < q; i++) {
                sum += c[at + i * q + j] * x[from + i];
            }
            work[j] = sum;
        }
        for (int i = 0; i < q; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += c[at + i * q + j] * work[j];
            }
            x[from + i] = sum;
        }
    }

    /** {@code x ← C⁻¹x} for a lower triangular C. Modified. */
    static void solveLower(double[] c, int at, int q, double[] x, int from, int step) {
        for (int i = 0; i < q; i++) {
            double sum = x[from + i * step];
            for (int k = 0; k < i; k++) {
                sum -= c[at + i * q + k] * x[from + k * step];
            }
            x[from + i * step] = sum / c[at + i * q + i];
        }
    }

    /** {@code x ← C⁻ᵀx} for a lower triangular C. Modified. */
    static void solveUpper(double[] c, int at, int q, double[] x, int from, int step) {
        for (int i = q - 1; i >= 0; i--) {
            double sum = x[from + i * step];
            for (int k = i + 1; k < q; k++) {
                sum -= c[at + k * q + i] * x[from + k * step];
            }
            x[from + i * step] = sum / c[at + i * q + i];
        }
    }
}
