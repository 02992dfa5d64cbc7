package henderson.equations.linear;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Where an objective was evaluated last: its coordinates, and what the structures make of them. */
final class Place {
    final Parameters parameters;
    /** Coordinates of each term. */
    final double[][] own;
    /** Λ of each term. */
    final DMatrixRMaj[] lambda;
    /** Coordinates of the residual structure, the held one at 1; empty where there is none. */
    final double[] rho;

    private final double[] tau;
    private long moves;

    Place(Parameters parameters) {
        this.parameters = parameters;
        this.tau = new double[parameters.size()];
        this.lambda = parameters.matrices();
        this.rho = new double[parameters.hasResidual() ? parameters.residualAt().length + 1 : 0];
        this.own = new double[lambda.length][];
        for (int t = 0; t < own.length; t++) {
            own[t] = new double[parameters.start[t + 1] - parameters.start[t]];
        }
    }

    void move(double[] to) {
        System.arraycopy(to, 0, tau, 0, tau.length);
        for (int t = 0; t < lambda.length; t++) {
            System.arraycopy(tau, parameters.start[t], own[t], 0, own[t].length);
            parameters.structure(t).factor(own[t], parameters.at[t], lambda[t]);
        }
        if (rho.length > 0) {
            parameters.residualOf(tau, rho);
        }
        moves++;
    }

    boolean is(double[] point) {
        return Arrays.equals(tau, point);
    }

    /** How often it moved: what was computed at another count belongs to another place. */
    long moves() {
        return moves;
    }

    /** {@code out ← ∂G/∂τ_k} of the term of parameter {@code k}. */
    void derivative(int k, DMatrixRMaj out) {
        int t = parameters.termOf[k];
        parameters.structure(t).derivative(own[t], k - parameters.start[t], parameters.at[t], out);
    }

    /**
     * {@code out += tr(S_G ∂²G/∂τ_j∂τ_k)}, the curvature of the map τ ↦ G, theory (31).
     *
     * @param scores {@code S_G} of each term
     * @param work   one matrix for each term. Modified.
     * @param out    over all coordinates. Modified.
     */
    void addCurvature(DMatrixRMaj[] scores, DMatrixRMaj[] work, DMatrixRMaj out) {
        for (int j = 0; j < parameters.randomSize(); j++) {
            int t = parameters.termOf[j];
            int from = parameters.start[t];
            for (int k = from; k < parameters.start[t + 1]; k++) {
                parameters.structure(t).second(own[t], j - from, k - from, parameters.at[t], work[t]);
                out.add(j, k, product(scores[t], work[t]));
            }
        }
    }

    /** {@code tr(AᵀB)}. */
    static double product(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.numRows * a.numCols; i++) {
            sum += a.data[i] * b.data[i];
        }
        return sum;
    }
}
