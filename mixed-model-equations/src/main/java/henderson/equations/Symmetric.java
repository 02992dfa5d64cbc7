package henderson.equations;

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

    /** Units in which a matrix has a diagonal of ones, signs apart. */
    public static double[] units(DMatrixRMaj a) {
        double[] out = new double[a.numRows];
        for (int k = 0; k < out.length; k++) {
            double d = Math.abs(a.get(k, k));
            out[k] = d > 0 ? 1 / Math.sqrt(d) : 1;
        }
        return out;
    }

    /** Whether every pivot of the Cholesky factor leaves more than a millionth of the diagonal entry. */
    public static boolean positiveDefinite(DMatrixRMaj a) {
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
    public int smallest() {
        int out = 0;
        for (int k = 1; k < values.length; k++) {
            out = values[k] < values[out] ? k : out;
        }
        return out;
    }
}
