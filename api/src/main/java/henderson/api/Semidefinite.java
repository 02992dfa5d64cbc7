package henderson.api;

import org.ejml.data.DMatrixRMaj;

/** The Cholesky factor of a positive semidefinite matrix; a column whose pivot vanishes becomes zero. */
public final class Semidefinite {
    private Semidefinite() {}

    /** {@code a ← L}, lower triangular with {@code LLᵀ = a}; the strict upper triangle becomes zero. Modified. */
    public static void cholesky(DMatrixRMaj a) {
        int n = a.numRows;
        double[] d = a.data;
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, d[i * n + i]);
        }
        double tiny = largest * n * 0x1p-50;
        for (int j = 0; j < n; j++) {
            double pivot = d[j * n + j];
            for (int k = 0; k < j; k++) {
                pivot -= d[j * n + k] * d[j * n + k];
            }
            double root = pivot <= tiny ? 0 : Math.sqrt(pivot);
            if (Double.isNaN(pivot)) {
                root = Double.NaN;
            }
            d[j * n + j] = root;
            for (int i = j + 1; i < n; i++) {
                double sum = d[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= d[i * n + k] * d[j * n + k];
                }
                d[i * n + j] = root == 0 ? 0 : sum / root;
                d[j * n + i] = 0;
            }
        }
    }
}
