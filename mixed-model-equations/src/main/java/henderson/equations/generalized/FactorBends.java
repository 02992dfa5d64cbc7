package henderson.equations.generalized;

import henderson.api.BoundStructure;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * First and second derivatives of Λ of every term by the coordinates τ, one after the other. The second are differences of the
 * first, which most structures have constant.
 */
final class FactorBends {
    /** Step of central differences of fourth order. */
    private static final double STEP = 0x1p-9;

    /** Term of each coordinate. */
    final int[] term;
    /** ∂Λ/∂τ_k, of the coordinate's term. */
    final DMatrixRMaj[] first;
    /** ∂²Λ/∂τ_j∂τ_k, k ≤ j; null where it is zero. */
    final @Nullable DMatrixRMaj[][] second;

    private FactorBends(int size) {
        this.term = new int[size];
        this.first = new DMatrixRMaj[size];
        this.second = new DMatrixRMaj[size][size];
    }

    /** At a point; null where a structure's factor is not smooth. */
    static @Nullable FactorBends of(JointParameters parameters, double[] point) {
        FactorBends out = new FactorBends(parameters.firstAuxiliary() - parameters.p);
        for (int t = 0; t < parameters.terms.size(); t++) {
            if (!out.add(parameters, point, t)) {
                return null;
            }
        }
        return out;
    }

    private boolean add(JointParameters parameters, double[] point, int t) {
        BoundStructure structure = parameters.structure(t);
        int[] at = parameters.at[t];
        int q = at.length;
        double[] tau = parameters.of(point, t);
        int begin = parameters.start[t] - parameters.p;
        for (int k = 0; k < tau.length; k++) {
            term[begin + k] = t;
            first[begin + k] = new DMatrixRMaj(q, q);
            if (!structure.factorDerivative(tau, k, at, first[begin + k])) {
                return false;
            }
        }
        for (int j = 0; j < tau.length; j++) {
            for (int k = 0; k <= j; k++) {
                DMatrixRMaj bend = new DMatrixRMaj(q, q);
                if (!differences(structure, tau, j, k, at, bend)) {
                    return false;
                }
                boolean none = true;
                for (double v : bend.data) {
                    none &= v == 0;
                }
                second[begin + j][begin + k] = none ? null : bend;
            }
        }
        return true;
    }

    private static boolean differences(
            BoundStructure structure, double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
        double h = STEP * Math.max(1, Math.abs(tau[k]));
        double[] weights = {-1, 8, -8, 1};
        double[] steps = {2, 1, -1, -2};
        DMatrixRMaj there = new DMatrixRMaj(out.numRows, out.numCols);
        for (int i = 0; i < steps.length; i++) {
            double[] moved = tau.clone();
            moved[k] += steps[i] * h;
            if (!structure.factorDerivative(moved, j, at, there)) {
                return false;
            }
            for (int e = 0; e < out.data.length; e++) {
                out.data[e] += weights[i] * there.data[e] / (12 * h);
            }
        }
        return true;
    }
}
