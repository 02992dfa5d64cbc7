package henderson.em;

import henderson.equations.Symmetric;
import org.ejml.data.DMatrixRMaj;

/** Small positive semidefinite systems. */
final class SemidefiniteSystem {
    /** Eigenvalues below this count as zero. */
    private static final double NOTHING = 1e-13;

    private SemidefiniteSystem() {}

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
        Symmetric eigen = Symmetric.of(scaled);
        for (int k = 0; k < n; k++) {
            double value = eigen.values()[k];
            double[] vector = eigen.vectors()[k];
            if (!(value > NOTHING)) {
                continue;
            }
            double along = 0;
            for (int i = 0; i < n; i++) {
                along += vector[i] * unit[i] * b[i];
            }
            for (int i = 0; i < n; i++) {
                out[i] += along / value * vector[i] * unit[i];
            }
        }
        return out;
    }
}
