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

    /** {@code a ← a⁻¹} by Gauss–Jordan elimination with row exchanges; false where a pivot vanishes. Modified. */
    static boolean invert(double[] a, int n) {
        if (n == 1) {
            boolean regular = a[0] != 0;
            a[0] = 1 / a[0];
            return regular;
        }
        // exchanges are remembered in the sign-free way: a row's partner, undone on the columns at the end
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                best = Math.abs(a[i * n + k]) > Math.abs(a[best * n + k]) ? i : best;
            }
            double pivot = a[best * n + k];
            if (pivot == 0 || Double.isNaN(pivot)) {
                return false;
            }
            if (best != k) {
                return invertPivoted(a, n, k);
            }
            double scale = 1 / pivot;
            for (int j = 0; j < n; j++) {
                a[k * n + j] *= scale;
            }
            a[k * n + k] = scale;
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
        return true;
    }

    /** The same from step k on, with exchanges. */
    private static boolean invertPivoted(double[] a, int n, int from) {
        int[] partner = new int[n];
        for (int k = 0; k < from; k++) {
            partner[k] = k;
        }
        for (int k = from; k < n; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                best = Math.abs(a[i * n + k]) > Math.abs(a[best * n + k]) ? i : best;
            }
            partner[k] = best;
            if (a[best * n + k] == 0 || Double.isNaN(a[best * n + k])) {
                return false;
            }
            for (int j = 0; j < n; j++) {
                double swap = a[k * n + j];
                a[k * n + j] = a[best * n + j];
                a[best * n + j] = swap;
            }
            double scale = 1 / a[k * n + k];
            for (int j = 0; j < n; j++) {
                a[k * n + j] *= scale;
            }
            a[k * n + k] = scale;
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
            if (partner[k] != k) {
                for (int i = 0; i < n; i++) {
                    double swap = a[i * n + k];
                    a[i * n + k] = a[i * n + partner[k]];
                    a[i * n + partner[k]] = swap;
                }
            }
        }
        return true;
    }
}
