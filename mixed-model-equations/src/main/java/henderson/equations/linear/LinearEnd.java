package henderson.equations.linear;

import henderson.api.Optimizer;
import java.util.List;

/**
 * Where a search ended.
 *
 * @param tau               all coordinates. Not copied: do not modify.
 * @param reason            why it ended, for a fit whose certificate does not hold
 * @param history           accepted steps
 * @param curvature         at {@code tau}, over the free coordinates
 * @param boundaryCurvature of {@link Boundary#smallestCurvature(double[])} there
 * @param boundary          what was released in vain
 */
public record LinearEnd(
        double[] tau,
        String reason,
        List<Optimizer.Step> history,
        Curvature curvature,
        double boundaryCurvature,
        Boundary boundary) {
    public LinearEnd {
        history = List.copyOf(history);
    }

    /**
     * The end at {@code tau}, where the certificate is taken: the objective is left there, its coordinates those that are
     * free.
     *
     * @param curvature of the objective at {@code tau}, over the free coordinates
     */
    public static LinearEnd of(
            LinearProblem problem,
            double[] tau,
            String reason,
            List<Optimizer.Step> history,
            Curvature curvature,
            Boundary boundary) {
        double boundaryCurvature = boundary.smallestCurvature(tau);
        problem.objective().restrict(tau, problem.parameters().free(tau));
        problem.objective().at(tau);
        return new LinearEnd(tau, reason, history, curvature, boundaryCurvature, boundary);
    }
}
