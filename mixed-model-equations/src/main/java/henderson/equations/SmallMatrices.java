package henderson.equations;

/** Products and inverses of small square matrices, row-major, in place where said. */
final class SmallMatrices {
    private SmallMatrices() {}

    /** {@code out ← ab}, n × n. Modified. */
    static void multiply(double[] a, double[] b, int n, double[] out) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += a[i * n + k] * b[k * n + j];
                }
                out[i * n + j] = sum;
            }
        }
    }

    /**
     * {@code a ← a⁻¹} by Gauss–Jordan elimination with row exchanges; false where a pivot vanishes. Modified.
     *
     * @param partner n entries of scratch. Modified.
     */
    static boolean invert(double[] a, int n, int[] partner) {
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                best = Math.abs(a[i * n + k]) > Math.abs(a[best * n + k]) ? i : best;
            }
            partner[k] = best;
            double pivot = a[best * n + k];
            if (pivot == 0 || Double.isNaN(pivot)) {
                return false;
            }
            for (int j = 0; j < n; j++) {
                double swap = a[k * n + j];
                a[k * n + j] = a[best * n + j];
                a[best * n + j] = swap;
            }
            for (int j = 0; j < n; j++) {
                a[k * n + j] /= pivot;
            }
            a[k * n + k] = 1 / pivot;
            for (int i = 0; i < n; i++) {
                double f = a[i * n + k];
                if (i != k && f != 0) {
                    a[i * n + k] = 0;
                    for (int j = 0; j < n; j++) {
                        a[i * n + j] -= f * a[k * n + j];
                    }
                }
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            for (int i = 0; partner[k] != k && i < n; i++) {
                double swap = a[i * n + k];
                a[i * n + k] = a[i * n + partner[k]];
                a[i * n + partner[k]] = swap;
            }
        }
        return true;
    }
}
