package henderson.testkit;

import org.ejml.data.DMatrixRMaj;

/** The factor of a positive definite matrix of some hundred rows, for comparisons. */
final class DenseCholesky {
    private final int n;
    /** Lower triangular, n × n. */
    private final double[] l;

    DenseCholesky(DMatrixRMaj a) {
        this.n = a.numRows;
        this.l = a.data.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = l[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i * n + k] * l[j * n + k];
                }
                l[i * n + j] = i == j ? Math.sqrt(sum) : sum / l[j * n + j];
            }
        }
    }

    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += 2 * Math.log(l[i * n + i]);
        }
        return sum;
    }

    /** {@code A⁻¹x}. */
    double[] solve(double[] x) {
        double[] out = x.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                out[i] -= l[i * n + k] * out[k];
            }
            out[i] /= l[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            out[i] /= l[i * n + i];
            for (int k = 0; k < i; k++) {
                out[k] -= l[i * n + k] * out[i];
            }
        }
        return out;
    }
}
