package henderson.equations.linear;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues and vectors of a symmetric matrix.
 *
 * @param values  n, unordered
 * @param vectors row k belongs to value k
 */
public record Symmetric(double[] values, double[][] vectors) {

    /** Of a symmetric matrix; NaN values where the decomposition fails. */
    public static Symmetric of(DMatrixRMaj a) {
        int n = a.numRows;
        double[] values = new double[n];
        double[][] vectors = new double[n][n];
        if (n == 0) {
            return new Symmetric(values, vectors);
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(a.copy())) {
            java.util.Arrays.fill(values, Double.NaN);
            return new Symmetric(values, vectors);
        }
        for (int k = 0; k < n; k++) {
            values[k] = eigen.getEigenvalue(k).getReal();
            DMatrixRMaj v = eigen.getEigenVector(k);
            for (int i = 0; v != null && i < n; i++) {
                vectors[k][i] = v.data[i];
            }
        }
        return new Symmetric(values, vectors);
    }

    /** Whether every pivot of the Cholesky factor leaves more than a millionth of the diagonal entry. */
    static boolean positiveDefinite(DMatrixRMaj a) {
        int n = a.numRows;
        double[] l = a.data.clone();
        for (int i = 0; i < n; i++) {
            double pivot = l[i * n + i];
            if (!(pivot > 1e-6 * a.data[i * n + i])) {
                return false;
            }
            for (int j = i + 1; j < n; j++) {
                double f = l[i * n + j] / pivot;
                for (int k = j; k < n; k++) {
                    l[j * n + k] -= f * l[i * n + k];
                }
            }
        }
        return true;
    }

    /** Index of the smallest value. */
    int smallest() {
        int out = 0;
        for (int k = 1; k < values.length; k++) {
            out = values[k] < values[out] ? k : out;
        }
        return out;
    }

    /** The inverse with values below {@code tiny} times the largest left out. */
    DMatrixRMaj pseudoInverse(double tiny) {
        int n = values.length;
        double largest = 0;
        for (double v : values) {
            largest = Math.max(largest, Math.abs(v));
        }
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        for (int k = 0; k < n; k++) {
            if (Math.abs(values[k]) > tiny * largest) {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        out.data[i * n + j] += vectors[k][i] * vectors[k][j] / values[k];
                    }
                }
            }
        }
        return out;
    }
}
