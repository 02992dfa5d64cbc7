package henderson.equations.generalized;

import henderson.equations.Symmetric;
import org.ejml.data.DMatrixRMaj;

/** A Newton step by the eigenvalues of a scaled matrix; directions without curvature do not move. */
final class NewtonStep {
    private static final double TINY = 1e-10;

    private NewtonStep() {}

    /** {@code h⁻¹g} for the leading entries of g. */
    static double[] of(DMatrixRMaj h, double[] g) {
        int m = h.numRows;
        double[] unit = Symmetric.units(h);
        DMatrixRMaj scaled = new DMatrixRMaj(m, m);
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                scaled.set(j, k, h.get(j, k) * unit[j] * unit[k]);
            }
        }
        Symmetric eigen = Symmetric.of(scaled);
        double[] out = new double[m];
        for (int e = 0; e < m; e++) {
            if (eigen.values()[e] > TINY) {
                double along = 0;
                for (int j = 0; j < m; j++) {
                    along += eigen.vectors()[e][j] * unit[j] * g[j];
                }
                for (int j = 0; j < m; j++) {
                    out[j] += along / eigen.values()[e] * eigen.vectors()[e][j] * unit[j];
                }
            }
        }
        return out;
    }
}
