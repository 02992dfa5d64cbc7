package henderson.em;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Small symmetric systems. */
final class Symmetric {
    /** Eigenvalues below this count as zero. */
    private static final double NOTHING = 1e-13;

    private Symmetric() {}

    /** {@code A⁺b} of a positive semidefinite A, after scaling to a unit diagonal. */
    static double[] solve(DMatrixRMaj a, double[] b) {
        double[] unit = new double[b.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = a.get(i, i) > 0 ? 1 / Math.sqrt(a.get(i, i)) : 0;
        }
        return solve(a, b, unit);
    }

    /** {@code A⁺b} of a positive semidefinite A whose entries are measured in units. */
    static double[] solve(DMatrixRMaj a, double[] b, double[] unit) {
        int n = b.length;
        DMatrixRMaj scaled = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scaled.set(i, j, a.get(i, j) * unit[i] * unit[j]);
            }
        }
        double[] out = new double[n];
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (n == 0 || !eigen.decompose(scaled)) {
            return out;
        }
        for (int k = 0; k < n; k++) {
            double value = eigen.getEigenvalue(k).getReal();
            DMatrixRMaj vector = eigen.getEigenVector(k);
            if (vector == null || !(value > NOTHING)) {
                continue;
            }
            double along = 0;
            for (int i = 0; i < n; i++) {
                along += vector.data[i] * unit[i] * b[i];
            }
            for (int i = 0; i < n; i++) {
                out[i] += along / value * vector.data[i] * unit[i];
            }
        }
        return out;
    }
}
