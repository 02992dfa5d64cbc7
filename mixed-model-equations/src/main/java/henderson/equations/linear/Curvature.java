package henderson.equations.linear;

import org.ejml.data.DMatrixRMaj;

/**
 * The observed Hessian of {@code d} over the active coordinates and the gradient of {@code log r²}, both by differences at
 * two steps, extrapolated, theory (33); and what follows from them.
 */
public final class Curvature {
    /**
     * A step in units in which the curvature is about one. It grows with the root of the coordinate only: rounding of the
     * gradient grows with the coordinate, the error of the differences with the fourth power of the step.
     */
    private static final double STEP = 0x1p-9;
    /** Eigenvalues below this, relative to a unit diagonal, count as zero. */
    private static final double FLAT = 1e-9;

    final DMatrixRMaj hessian;
    /** h = ∂log r²/∂τ, theory (40). */
    final double[] logResidual;

    final double[] gradient;
    final boolean complete;

    private Curvature(DMatrixRMaj hessian, double[] logResidual, double[] gradient, boolean complete) {
        this.hessian = hessian;
        this.logResidual = logResidual;
        this.gradient = gradient;
        this.complete = complete;
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
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < j; k++) {
                double mean = (h.get(j, k) + h.get(k, j)) / 2;
                h.set(j, k, mean);
                h.set(k, j, mean);
            }
        }
        complete &= !Double.isNaN(objective.value(x)) && objective.gradient(at);
        return new Curvature(h, log, at, complete);
    }

    /** Whether every point of the differences could be computed. */
    public boolean complete() {
        return complete;
    }

    /** The Hessian with a unit diagonal (entries with a non-positive diagonal keep their sign), and the units. */
    private double[] units() {
        double[] out = new double[gradient.length];
        for (int k = 0; k < out.length; k++) {
            double d = Math.abs(hessian.get(k, k));
            out[k] = d > 0 ? 1 / Math.sqrt(d) : 1;
        }
        return out;
    }

    private Symmetric scaled(double[] units) {
        DMatrixRMaj a = hessian.copy();
        for (int j = 0; j < units.length; j++) {
            for (int k = 0; k < units.length; k++) {
                a.set(j, k, a.get(j, k) * units[j] * units[k]);
            }
        }
        return Symmetric.of(a);
    }

    /** Inertia: positive, zero, negative. */
    public int[] inertia() {
        int[] out = new int[3];
        for (double v : scaled(units()).values()) {
            out[v > FLAT ? 0 : v < -FLAT ? 2 : 1]++;
        }
        return out;
    }

    /** Index of the coordinate that each flat direction moves most. */
    int[] flat() {
        Symmetric eigen = scaled(units());
        java.util.stream.IntStream.Builder out = java.util.stream.IntStream.builder();
        for (int k = 0; k < eigen.values().length; k++) {
            if (Math.abs(eigen.values()[k]) <= FLAT) {
                int most = 0;
                for (int i = 1; i < eigen.vectors()[k].length; i++) {
                    most = Math.abs(eigen.vectors()[k][i]) > Math.abs(eigen.vectors()[k][most]) ? i : most;
                }
                out.add(most);
            }
        }
        return out.build().toArray();
    }

    /** {@code H⁻¹}, flat directions left out. */
    public DMatrixRMaj inverse() {
        double[] units = units();
        DMatrixRMaj out = scaled(units).pseudoInverse(FLAT);
        for (int j = 0; j < units.length; j++) {
            for (int k = 0; k < units.length; k++) {
                out.set(j, k, out.get(j, k) * units[j] * units[k]);
            }
        }
        return out;
    }

    /** {@code ½gᵀH⁻¹g}, theory (36), eigenvalues by absolute value. */
    public double decrement() {
        double[] step = newtonStep();
        double sum = 0;
        for (int k = 0; k < step.length; k++) {
            sum -= step[k] * gradient[k] / 2;
        }
        return Math.abs(sum);
    }

    /** {@code −H⁻¹g}. */
    public double[] newtonStep() {
        DMatrixRMaj inverse = inverse();
        double[] out = new double[gradient.length];
        for (int j = 0; j < out.length; j++) {
            for (int k = 0; k < out.length; k++) {
                out[j] -= inverse.get(j, k) * gradient[k];
            }
        }
        return out;
    }
}
