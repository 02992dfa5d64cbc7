package henderson.equations.generalized;

import henderson.api.FitContext;
import henderson.api.Optimizer;
import henderson.equations.Symmetric;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A fit of a part of many clusters: where the search over all begins, and its first step matrix. From the maximum of a k-th of
 * them that of all is some √k standard errors away, where −2 log-likelihood is next to quadratic.
 *
 * @param point       (β, τ, φ)
 * @param information the part's Hessian brought to the number of all clusters, coordinates in their own units
 */
public record PilotFit(double[] point, DMatrixRMaj information) {
    private static final String OPTIMIZER = "trust-region-newton";
    /** Decrement at which the part is fitted well enough. */
    private static final double ENOUGH = 1e-3;

    /** Curvature, relative to that at the start, of which a direction has at least so much. */
    private static final double FIRM = 1e-4;

    private static final Optimizer.Limits LIMITS = new Optimizer.Limits(30, 300, ENOUGH);

    /**
     * Fits a part of the clusters.
     *
     * @param start a point from which its likelihood can be computed
     * @return null where clusters are few, or the part has no maximum with a positive definite Hessian in the interior
     */
    static @Nullable PilotFit of(JointParameters parameters, Approximation whole, double[] start, FitContext context) {
        Approximation part = whole.part();
        if (part == null) {
            return null;
        }
        JointObjective objective = new JointObjective(parameters, part);
        objective.restrict(start, parameters.free(start));
        if (objective.dimension() < parameters.size() || Double.isNaN(objective.at(start))) {
            return null;
        }
        objective.scale(Symmetric.units(objective.fullInformation()));
        Optimizer.Optimum end = context.registry()
                .optimizer(OPTIMIZER)
                .minimize(objective, objective.inside(start), LIMITS, step -> {});
        double[] point = objective.outside(end.x());
        JointCurvature curvature = JointCurvature.at(objective, end.x());
        boolean[] free = parameters.free(point);
        boolean inside = end.reason() == Optimizer.Reason.CONVERGED && curvature.complete();
        for (boolean each : free) {
            inside &= each;
        }
        if (!inside || !firm(curvature.hessian())) {
            return null;
        }
        double share = (double) whole.clusters() / part.clusters();
        DMatrixRMaj information = curvature.hessian().copy();
        for (int j = 0; j < point.length; j++) {
            for (int k = 0; k < point.length; k++) {
                information.set(j, k, information.get(j, k) * share / objective.unit(j) / objective.unit(k));
            }
        }
        return new PilotFit(point, information);
    }

    private static boolean firm(DMatrixRMaj hessian) {
        boolean out = true;
        for (double v : Symmetric.of(hessian).values()) {
            out &= v > FIRM;
        }
        return out;
    }
}
