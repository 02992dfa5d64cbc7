package henderson.equations.linear;

import java.util.List;

/**
 * Newton's method with the exact Hessian on a {@link CollapsedObjective}, from a point that is close: for responses drawn from the
 * model at that point. It ends at a certified optimum inside, or gives up for a search that can do more.
 */
final class CollapsedSearch {
    private static final int STEPS = 25;
    private static final int HALVINGS = 6;
    /** A step must gain this part of what the quadratic promises. */
    private static final double ACCEPT = 1e-4;
    /** Differences of d below this, relative to its size, are noise. */
    private static final double NOISE = 0x1p-46;
    /** A boundary that raises d by so little is no worse. */
    private static final double SNAP = 1e-9;

    private final Parameters parameters;
    private final CollapsedObjective objective;
    private final double tolerance;
    private final int m;
    /** Gradient and Hessian at the last point of the objective. */
    private final double[] gradient;

    private final double[] hessian;
    private final double[] step;
    private final double[] factor;
    private final double[] trial;
    /** Where it is. */
    private final double[] tau;

    CollapsedSearch(Parameters parameters, CollapsedObjective objective, double tolerance) {
        this.parameters = parameters;
        this.objective = objective;
        this.tolerance = tolerance;
        this.m = parameters.size();
        this.gradient = objective.fullGradient();
        this.hessian = objective.fullHessian().data;
        this.step = new double[m];
        this.factor = new double[m * m];
        this.trial = new double[m];
        this.tau = new double[m];
    }

    /** Where the last search ended. Not copied: do not modify. */
    double[] tau() {
        return tau;
    }

    /**
     * Searches from a point; the objective is left where it ends.
     *
     * @return {@code d} at an optimum inside; NaN where another search must go on from the same start
     */
    double run(double[] start) {
        System.arraycopy(start, 0, tau, 0, m);
        double d = objective.at(tau);
        for (int i = 0; i < STEPS && !Double.isNaN(d); i++) {
            objective.derive();
            boolean exact = newtonStep(0);
            for (double ridge = 0.1; !exact && !newtonStep(ridge); ridge *= 8) {
                if (ridge > 1e3) {
                    return Double.NaN;
                }
            }
            double decrement = 0;
            for (int k = 0; k < m; k++) {
                decrement -= step[k] * gradient[k] / 2;
            }
            if (decrement <= tolerance) {
                return exact && inside(d) ? d : Double.NaN;
            }
            d = descend(d, decrement);
        }
        return Double.NaN;
    }

    /** A step along Newton's direction that lowers d as it should; NaN where none does. */
    private double descend(double d, double decrement) {
        double noise = NOISE * Math.max(1, Math.abs(d));
        double length = 1;
        for (int i = 0; i <= HALVINGS; i++) {
            for (int k = 0; k < m; k++) {
                trial[k] = tau[k] + length * step[k];
            }
            double there = objective.at(trial);
            double promised = length * (2 - length) * decrement;
            if (d - there >= ACCEPT * promised || promised <= noise && there <= d + 10 * noise) {
                System.arraycopy(trial, 0, tau, 0, m);
                return there;
            }
            length /= 2;
        }
        return Double.NaN;
    }

    /** {@code step ← −(H + ridge · diag|H|)⁻¹g}; false where that is not positive definite. */
    private boolean newtonStep(double ridge) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = hessian[i * m + j] + (i == j ? ridge * Math.abs(hessian[i * m + i]) : 0);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * m + k] * factor[j * m + k];
                }
                if (i == j) {
                    if (!(sum > 1e-9 * Math.abs(hessian[i * m + i]))) {
                        return false;
                    }
                    factor[i * m + i] = Math.sqrt(sum);
                } else {
                    factor[i * m + j] = sum / factor[j * m + j];
                }
            }
        }
        for (int i = 0; i < m; i++) {
            double sum = -gradient[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * m + k] * step[k];
            }
            step[i] = sum / factor[i * m + i];
        }
        for (int i = m - 1; i >= 0; i--) {
            double sum = step[i];
            for (int k = i + 1; k < m; k++) {
                sum -= factor[k * m + i] * step[k];
            }
            step[i] = sum / factor[i * m + i];
        }
        return true;
    }

    /** Whether no boundary nearby is as good; leaves the objective at {@link #tau}. */
    private boolean inside(double d) {
        double slack = Math.max(SNAP, 8 * Math.ulp(d));
        boolean moved = false;
        for (int t = 0; t < parameters.terms.size(); t++) {
            List<double[]> points = parameters.structure(t).boundaryPoints(parameters.of(tau, t));
            for (double[] point : points) {
                System.arraycopy(tau, 0, trial, 0, m);
                System.arraycopy(point, 0, trial, parameters.start[t], point.length);
                moved = true;
                double there = objective.at(trial);
                if (!(there > d + slack)) {
                    return false;
                }
            }
        }
        if (moved) {
            objective.at(tau);
        }
        return true;
    }
}
