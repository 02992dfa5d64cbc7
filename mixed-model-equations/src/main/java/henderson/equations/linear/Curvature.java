package henderson.equations.linear;

import henderson.equations.ObservedHessian;
import org.ejml.data.DMatrixRMaj;

/**
 * The observed Hessian of {@code d} over the active coordinates and the gradient of {@code log r²}, both by differences at
 * two steps, extrapolated, theory (33); and what follows from them.
 */
public final class Curvature extends ObservedHessian {
    /**
     * A step in units in which the curvature is about one. It grows with the root of the coordinate only: rounding of the
     * gradient grows with the coordinate, the error of the differences with the fourth power of the step.
     */
    private static final double STEP = 0x1p-9;

    /** h = ∂log r²/∂τ, theory (40). */
    final double[] logResidual;

    private Curvature(DMatrixRMaj hessian, double[] logResidual, double[] gradient, boolean complete) {
        super(hessian, gradient, complete);
        this.logResidual = logResidual;
    }

    /** At the point {@code x} of the search; the objective is left there. */
    public static Curvature at(DevianceObjective objective, double[] x) {
        int m = x.length;
        DMatrixRMaj h = new DMatrixRMaj(m, m);
        double[] log = new double[m];
        double[] at = new double[m];
        if (!Double.isNaN(objective.value(x)) && objective.closedHessian(h, log)) {
            return new Curvature(h, log, at, objective.gradient(at));
        }
        return byDifferences(objective, x);
    }

    /** The same by differences alone. */
    static Curvature byDifferences(DevianceObjective objective, double[] x) {
        int m = x.length;
        DMatrixRMaj h = new DMatrixRMaj(m, m);
        double[] log = new double[m];
        double[] at = new double[m];
        double[] moved = x.clone();
        double[][] g = new double[4][m];
        double[] r = new double[4];
        boolean complete = true;
        for (int k = 0; k < m; k++) {
            double step = STEP * Math.max(1, Math.sqrt(Math.abs(x[k])));
            for (int i = 0; i < 4; i++) {
                moved[k] = x[k] + (i < 2 ? step : step / 2) * (i % 2 == 0 ? 1 : -1);
                complete &= !Double.isNaN(objective.value(moved)) && objective.gradient(g[i]);
                r[i] = Math.log(objective.profile().residualSumOfSquares());
            }
            moved[k] = x[k];
            log[k] = (4 * (r[2] - r[3]) / step - (r[0] - r[1]) / (2 * step)) / 3;
            for (int j = 0; j < m; j++) {
                h.set(j, k, (4 * (g[2][j] - g[3][j]) / step - (g[0][j] - g[1][j]) / (2 * step)) / 3);
            }
        }
        symmetrize(h);
        complete &= !Double.isNaN(objective.value(x)) && objective.gradient(at);
        return new Curvature(h, log, at, complete);
    }
}
