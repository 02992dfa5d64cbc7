package henderson.equations.generalized;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Derivatives by {@code G = ΛΛᵀ} from those by Λ and the other way round. */
final class FactorCalculus {
    /** √ε put into null directions of G for its score, theory (29). */
    private static final double ROOT_EPSILON = 0x1p-20;

    private FactorCalculus() {}

    /** {@code ⟨A, B⟩}. */
    static double product(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.numRows * a.numCols; i++) {
            sum += a.data[i] * b.data[i];
        }
        return sum;
    }

    /**
     * {@code ⟨Λ̄, dΛ⟩} with {@code dΛ = ΛΦ(Λ⁻¹ dG Λ⁻ᵀ)}, Λ lower triangular, Φ the lower triangle with half the diagonal. Columns
     * of Λ that are zero do not move to first order. {@code dG} is modified.
     */
    static double throughCholesky(DMatrixRMaj lambda, DMatrixRMaj dG, DMatrixRMaj bar) {
        int q = lambda.numRows;
        double[] l = lambda.data;
        double[] m = dG.data;
        for (int pass = 0; pass < 2; pass++) { // Λ⁻¹ from the left, then by symmetry from the right
            for (int c = 0; c < q; c++) {
                for (int i = 0; i < q; i++) {
                    int at = pass == 0 ? i * q + c : c * q + i;
                    double sum = m[at];
                    for (int k = 0; k < i; k++) {
                        sum -= l[i * q + k] * m[pass == 0 ? k * q + c : c * q + k];
                    }
                    m[at] = l[i * q + i] == 0 ? 0 : sum / l[i * q + i];
                }
            }
        }
        double out = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double d = 0;
                for (int k = j; k <= i; k++) {
                    d += l[i * q + k] * m[k * q + j] * (k == j ? 0.5 : 1);
                }
                out += bar.data[i * q + j] * (j <= i ? d : 0);
            }
        }
        return out;
    }

    /** Λ with √ε for its zero singular values, and the inverse of that. */
    static void fill(DMatrixRMaj lambda, DMatrixRMaj filled, DMatrixRMaj inverse) {
        int q = lambda.numRows;
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(q, q, true, true, false);
        svd.decompose(lambda.copy());
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        double[] s = svd.getSingularValues();
        double largest = 0;
        for (int k = 0; k < q; k++) {
            largest = Math.max(largest, s[k]);
        }
        for (int k = 0; k < q; k++) {
            double value = Math.max(s[k], ROOT_EPSILON * Math.max(1, largest));
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    filled.add(i, j, u.get(i, k) * value * v.get(j, k));
                    inverse.add(i, j, v.get(i, k) / value * u.get(j, k));
                }
            }
        }
    }
}
