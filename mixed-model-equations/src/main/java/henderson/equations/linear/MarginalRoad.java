package henderson.equations.linear;

import henderson.api.Criterion;
import henderson.api.Moments;
import henderson.equations.LinearEquations;
import henderson.equations.MarginalCurvature;
import henderson.equations.MarginalDeviance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/** {@code d}, its gradient and its exact Hessian in coordinates of all structures, from sums by pattern, theory (157) to (161). */
final class MarginalRoad {
    private final Parameters parameters;
    private final MarginalDeviance deviance;
    private final DMatrixRMaj[] scores;
    private final DMatrixRMaj[] work;
    /** ∂G/∂τ_k of each parameter of random terms. */
    private final DMatrixRMaj[] first;

    private final DMatrixRMaj matrix;
    private final double[] rho;
    private double[][] own = new double[0][];
    private boolean gradientFresh;
    private boolean curvatureFresh;

    private MarginalRoad(Parameters parameters, MarginalDeviance deviance) {
        this.parameters = parameters;
        this.deviance = deviance;
        this.scores = parameters.matrices();
        this.work = parameters.matrices();
        int random = parameters.randomSize();
        this.first = new DMatrixRMaj[random];
        for (int k = 0; k < random; k++) {
            int q = parameters.at[parameters.termOf[k]].length;
            first[k] = new DMatrixRMaj(q, q);
        }
        this.matrix = new DMatrixRMaj(parameters.size(), parameters.size());
        this.rho = new double[parameters.residualAt().length + 1];
    }

    /** The road of a model whose residual groups fall into few patterns, or null. */
    static @Nullable MarginalRoad of(Parameters parameters, LinearEquations equations, Criterion criterion) {
        if (!parameters.hasResidual()) {
            return null;
        }
        int[] termOf = Arrays.copyOf(parameters.termOf, parameters.randomSize());
        MarginalDeviance deviance = MarginalDeviance.of(equations, criterion, termOf, parameters.residualAt());
        return deviance == null ? null : new MarginalRoad(parameters, deviance);
    }

    /**
     * {@code d}; NaN where it cannot be computed.
     *
     * @param coordinates of each random term. Kept, not copied.
     * @param lambda      of each random term
     * @param residual    of the residual structure, the held one at 1
     */
    double value(double[][] coordinates, DMatrixRMaj[] lambda, double[] residual) {
        own = coordinates;
        System.arraycopy(residual, 0, rho, 0, rho.length);
        gradientFresh = false;
        curvatureFresh = false;
        return deviance.value(lambda, rho);
    }

    /** Whether the last value carries all digits. */
    boolean trusted() {
        return deviance.trusted();
    }

    double residualSumOfSquares() {
        return deviance.residualSumOfSquares();
    }

    private void refresh() {
        if (gradientFresh) {
            return;
        }
        deviance.score().update(rho);
        for (int t = 0; t < scores.length; t++) {
            deviance.score().ofTerm(t, scores[t]);
        }
        for (int k = 0; k < first.length; k++) {
            int t = parameters.termOf[k];
            parameters.structure(t).derivative(own[t], k - parameters.start[t], parameters.at[t], first[k]);
        }
        gradientFresh = true;
    }

    /** {@code ∂d/∂τ}, all coordinates. Modified. */
    void gradient(double[] out) {
        refresh();
        for (int k = 0; k < first.length; k++) {
            out[k] = DevianceObjective.product(scores[parameters.termOf[k]], first[k]);
        }
        for (int k = 0; k < parameters.residualAt().length; k++) {
            out[first.length + k] = deviance.score().residual(k);
        }
    }

    /** S_G of every term, copies. */
    DMatrixRMaj[] scores() {
        refresh();
        DMatrixRMaj[] out = new DMatrixRMaj[scores.length];
        for (int t = 0; t < out.length; t++) {
            out[t] = scores[t].copy();
        }
        return out;
    }

    /** {@code Σ E[bbᵀ]/σ̂² = count G − G S_G G} of every term, theory (160). */
    List<Moments> moments() {
        refresh();
        List<Moments> out = new ArrayList<>();
        for (int t = 0; t < scores.length; t++) {
            int q = parameters.at[t].length;
            double count = parameters.terms.get(t).levels().size();
            DMatrixRMaj g = parameters.structure(t).matrix(own[t], parameters.at[t], new DMatrixRMaj(q, q));
            DMatrixRMaj half = new DMatrixRMaj(q, q);
            DMatrixRMaj sum = new DMatrixRMaj(q, q);
            CommonOps_DDRM.mult(g, scores[t], half);
            CommonOps_DDRM.mult(half, g, sum);
            CommonOps_DDRM.add(count, g, -1, sum, sum);
            out.add(new Moments(parameters.at[t], count, sum));
        }
        return out;
    }

    /** The Hessian over all coordinates, or a step matrix that does not depend on its sign. Belongs to this workspace. */
    DMatrixRMaj matrix(boolean exact) {
        refresh();
        MarginalCurvature curvature = deviance.curvature();
        if (!curvatureFresh) {
            curvature.update(first);
            curvatureFresh = true;
        }
        if (exact) {
            curvature.exact(rho, matrix);
        } else {
            curvature.average(matrix);
        }
        for (int j = 0; j < first.length; j++) {
            int t = parameters.termOf[j];
            int from = parameters.start[t];
            for (int k = from; k < parameters.start[t + 1]; k++) {
                parameters.structure(t).second(own[t], j - from, k - from, parameters.at[t], work[t]);
                matrix.add(j, k, DevianceObjective.product(scores[t], work[t]));
            }
        }
        return matrix;
    }

    /** {@code ∂ log r²/∂τ_k}, after {@link #matrix}. */
    double logResidual(int k) {
        return deviance.curvature().logResidual(k);
    }
}
