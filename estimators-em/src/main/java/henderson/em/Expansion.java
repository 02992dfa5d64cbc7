package henderson.em;

import henderson.api.BoundStructure;
import henderson.api.Moments;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** How Λ of one term may move as a regression coefficient. */
final class Expansion {
    private final BoundStructure structure;
    private final int[] at;
    /** Whether the structure is every covariance matrix, with a closed form, so that Λ may be any matrix. */
    private final boolean full;

    Expansion(BoundStructure structure, int[] at) {
        this.structure = structure;
        this.at = at;
        int q = at.length;
        int own = structure.coordinates().size();
        DMatrixRMaj sum = CommonOps_DDRM.identity(q);
        this.full = own == q * (q + 1) / 2 && structure.maximize(List.of(new Moments(at, 1, sum)), new double[own]);
    }

    /**
     * A direction of Λ.
     *
     * @param coordinate of the term; −1: none, where Λ may be any matrix and what counts is Λ
     */
    record Direction(int coordinate, DMatrixRMaj derivative) {}

    /** Whether Λ may be any matrix at a point. */
    boolean any(double[] own) {
        boolean out = full;
        for (boolean f : structure.free(own)) {
            out &= f;
        }
        return out;
    }

    /** The directions that are free at a point. */
    List<Direction> directions(double[] own, DMatrixRMaj lambda) {
        boolean[] free = structure.free(own);
        boolean any = any(own);
        List<Direction> out = new ArrayList<>();
        for (int i = 0; any && i < lambda.getNumElements(); i++) {
            DMatrixRMaj unit = new DMatrixRMaj(lambda.numRows, lambda.numCols);
            unit.data[i] = 1;
            out.add(new Direction(-1, unit));
        }
        for (int k = 0; !any && k < own.length; k++) {
            if (free[k]) {
                out.add(new Direction(k, derivative(own, k, lambda)));
            }
        }
        return out;
    }

    /** ∂Λ/∂τ_k; where the structure has none of its own, {@code (I − P/2)(∂G/∂τ_k)Λ⁺ᵀ}, P on the range of Λ. */
    DMatrixRMaj derivative(double[] own, int k, DMatrixRMaj lambda) {
        int q = lambda.numRows;
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        if (structure.factorDerivative(own, k, at, out)) {
            return out;
        }
        DMatrixRMaj dG = new DMatrixRMaj(q, q);
        structure.derivative(own, k, at, dG);
        DMatrixRMaj inverse = pseudoInverse(lambda);
        DMatrixRMaj right = new DMatrixRMaj(q, q);
        CommonOps_DDRM.multTransB(dG, inverse, right);
        DMatrixRMaj p = new DMatrixRMaj(q, q);
        CommonOps_DDRM.mult(lambda, inverse, p);
        CommonOps_DDRM.mult(p, right, out);
        for (int i = 0; i < q * q; i++) {
            out.data[i] = right.data[i] - out.data[i] / 2;
        }
        return out;
    }

    private static DMatrixRMaj pseudoInverse(DMatrixRMaj lambda) {
        int q = lambda.numRows;
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(q, q, true, true, false);
        if (!svd.decompose(lambda.copy())) {
            return out;
        }
        double[] values = svd.getSingularValues();
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj vt = svd.getV(null, true);
        double largest = 0;
        for (double v : values) {
            largest = Math.max(largest, v);
        }
        for (int k = 0; k < q; k++) {
            for (int i = 0; i < q && values[k] > 1e-10 * largest; i++) {
                for (int j = 0; j < q; j++) {
                    out.add(i, j, vt.get(k, i) * u.get(j, k) / values[k]);
                }
            }
        }
        return out;
    }
}
