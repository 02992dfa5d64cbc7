package henderson.equations.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * The boundary of a residual structure, where R is still positive definite: no range left of a correlation, no nugget, a unit
 * root of a moving average. A coordinate stands there at a point of symmetry, so that the second derivative of {@code d}
 * along it, differenced from the gradient, is {@code tr(S_R ∂²R/∂ρ²)}, theory (38).
 */
final class ResidualBoundary {
    private static final double STEP = 0x1p-12;

    private final Parameters parameters;
    private final BoundaryObjective objective;

    ResidualBoundary(Parameters parameters, BoundaryObjective objective) {
        this.parameters = parameters;
        this.objective = objective;
    }

    /** Points with one more coordinate on its boundary, the nearest first; the held coordinate stays. */
    List<double[]> points(double[] tau) {
        List<double[]> out = new ArrayList<>();
        if (parameters.hasResidual()) {
            int held = parameters.residual().structure().held();
            for (double[] rho : parameters.residual().structure().boundaryPoints(parameters.residualOf(tau))) {
                if (rho[held] == 1) {
                    out.add(parameters.withResidual(tau, rho));
                }
            }
        }
        return out;
    }

    /** Coordinates of the residual structure that stand on a boundary. */
    private List<Integer> onBoundary(double[] tau) {
        boolean[] free = parameters.free(tau);
        List<Integer> out = new ArrayList<>();
        for (int k = parameters.randomSize(); k < free.length; k++) {
            if (!free[k]) {
                out.add(k);
            }
        }
        return out;
    }

    /** Smallest second derivative along such a coordinate, per row; NaN where none stands on a boundary. */
    double smallestCurvature(double[] tau) {
        double out = Double.NaN;
        for (int k : onBoundary(tau)) {
            double c = curvature(tau, k) / objective.profile().denominator();
            out = Double.isNaN(out) || c < out ? c : out;
        }
        return out;
    }

    private double curvature(double[] tau, int k) {
        double[] moved = tau.clone();
        moved[k] = tau[k] + STEP;
        double up = objective.derivativeAt(moved, k);
        moved[k] = tau[k] - STEP;
        double down = objective.derivativeAt(moved, k);
        double c = Double.isNaN(up) ? -down / STEP : Double.isNaN(down) ? up / STEP : (up - down) / (2 * STEP);
        return Double.isNaN(c) ? 0 : c;
    }

    /** A point off the boundary that lowers {@code d} by more than {@code gain}, or {@code tau}. */
    double[] release(double[] tau, double d, double least, double gain) {
        for (int k : onBoundary(tau)) {
            if (curvature(tau, k) / objective.profile().denominator() < least) {
                double[] point = along(tau, k, d - gain);
                if (point != tau) {
                    return point;
                }
            }
        }
        return tau;
    }

    private double[] along(double[] tau, int k, double below) {
        double[] best = tau;
        double lowest = below;
        for (int sign = 1; sign >= -1; sign -= 2) {
            for (double step = 1e-3; step < 1; step *= 2) {
                double[] point = tau.clone();
                point[k] += sign * step;
                double there = objective.at(point);
                if (!(there < lowest)) {
                    break;
                }
                lowest = there;
                best = point;
            }
        }
        return best;
    }
}
