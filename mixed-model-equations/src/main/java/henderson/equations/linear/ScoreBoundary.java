package henderson.equations.linear;

import henderson.api.BoundStructure;
import henderson.equations.Symmetric;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** The boundary of one structure given the score {@code S = ∂d/∂G}, theory (35), (38): curvature there, and the way off it. */
final class ScoreBoundary {
    private final BoundStructure structure;
    private final int[] at;

    ScoreBoundary(BoundStructure structure, int[] at) {
        this.structure = structure;
        this.at = at;
    }

    /** Smallest eigenvalue of the curvature on boundary directions relative to the score; NaN where there are none. */
    double smallestCurvature(double[] own, DMatrixRMaj score) {
        DMatrixRMaj curvature = curvature(own, score);
        if (curvature.numRows == 0) {
            return Double.NaN;
        }
        double size = 0;
        for (double v : score.data) {
            size = Math.max(size, Math.abs(v));
        }
        Symmetric eigen = Symmetric.of(curvature);
        return size > 0 ? eigen.values()[eigen.smallest()] / size : 0;
    }

    /** A point off the boundary, {@code s} along the most negative curvature. */
    double[] released(double[] own, DMatrixRMaj score, double s) {
        double[] given = structure.release(own, score, s);
        if (given != null) {
            return given;
        }
        double[][] basis = nullDirections(own);
        Symmetric eigen = Symmetric.of(curvature(own, score));
        int k = eigen.smallest();
        double[] out = own.clone();
        for (int i = 0; i < own.length; i++) {
            for (int b = 0; b < basis.length; b++) {
                out[i] += Math.sqrt(s) * eigen.vectors()[k][b] * basis[b][i];
            }
        }
        return out;
    }

    private DMatrixRMaj curvature(double[] own, DMatrixRMaj score) {
        DMatrixRMaj given = structure.boundaryCurvature(own, score);
        if (given != null) {
            return given;
        }
        double[][] basis = nullDirections(own);
        int q = at.length;
        int m = own.length;
        DMatrixRMaj second = new DMatrixRMaj(q, q);
        double[][] full = new double[m][m];
        for (int j = 0; j < m && basis.length > 0; j++) {
            for (int k = 0; k < m; k++) {
                structure.second(own, j, k, at, second);
                for (int i = 0; i < q * q; i++) {
                    full[j][k] += score.data[i] * second.data[i];
                }
            }
        }
        DMatrixRMaj out = new DMatrixRMaj(basis.length, basis.length);
        for (int a = 0; a < basis.length; a++) {
            for (int b = 0; b < basis.length; b++) {
                for (int j = 0; j < m; j++) {
                    for (int k = 0; k < m; k++) {
                        out.add(a, b, basis[a][j] * full[j][k] * basis[b][k]);
                    }
                }
            }
        }
        return out;
    }

    /** Orthonormal directions δ with {@code Σ δ_k ∂G/∂τ_k = 0}. */
    private double[][] nullDirections(double[] own) {
        int q = at.length;
        DMatrixRMaj jacobian = new DMatrixRMaj(q * q, own.length);
        DMatrixRMaj d = new DMatrixRMaj(q, q);
        for (int k = 0; k < own.length; k++) {
            structure.derivative(own, k, at, d);
            for (int i = 0; i < q * q; i++) {
                jacobian.set(i, k, d.data[i]);
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(q * q, own.length, false, true, false);
        if (!svd.decompose(jacobian)) {
            return new double[0][];
        }
        double[] values = svd.getSingularValues();
        double largest = 1e-300;
        for (int k = 0; k < svd.numberOfSingularValues(); k++) {
            largest = Math.max(largest, values[k]);
        }
        DMatrixRMaj vt = svd.getV(null, true);
        List<double[]> out = new ArrayList<>();
        for (int k = 0; k < own.length; k++) {
            if (k >= svd.numberOfSingularValues() || values[k] <= 1e-12 * largest) {
                double[] row = new double[own.length];
                for (int i = 0; i < own.length; i++) {
                    row[i] = vt.get(k, i);
                }
                out.add(row);
            }
        }
        return out.toArray(new double[0][]);
    }
}
