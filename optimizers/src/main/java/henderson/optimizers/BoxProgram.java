package henderson.optimizers;

import org.ejml.data.DMatrixRMaj;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.convex.ConvexSolver;

/** The minimum of {@code gᵀd + ½dᵀHd} over a box, H positive definite, by ojAlgo. */
final class BoxProgram {
    private final int n;
    /** The box, n each; infinite where it is open. */
    final double[] lower;

    final double[] upper;
    /** The minimum, n. */
    final double[] d;

    private final R064Store quadratic;
    private final R064Store linear;
    private double predicted;

    BoxProgram(int n) {
        this.n = n;
        this.lower = new double[n];
        this.upper = new double[n];
        this.d = new double[n];
        this.quadratic = R064Store.FACTORY.make(n, n);
        this.linear = R064Store.FACTORY.make(n, 1);
    }

    /** How much the model falls from 0 to {@link #d}. */
    double predicted() {
        return predicted;
    }

    /**
     * Solves.
     *
     * @param unit about how long d will be: the solver's tolerances are absolute, and so it is given {@code d/unit}
     * @return whether the solver found it
     */
    boolean solve(DMatrixRMaj h, double[] g, double unit) {
        ConvexSolver.Builder program = ConvexSolver.newBuilder().objective(quadratic, linear);
        double largest = 0;
        for (double v : h.data) {
            largest = Math.max(largest, Math.abs(v));
        }
        double size = largest * unit * unit;
        for (int i = 0; i < n; i++) {
            linear.set(i, 0, -g[i] * unit / size);
            for (int j = 0; j < n; j++) {
                quadratic.set(i, j, h.get(i, j) / largest);
            }
            side(program, i, 1, upper[i] / unit);
            side(program, i, -1, -lower[i] / unit);
        }
        Optimisation.Result result = program.solve();
        if (!result.getState().isFeasible()) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            d[i] = within(result.doubleValue(i) * unit, lower[i], upper[i]);
        }
        predicted = 0;
        for (int i = 0; i < n; i++) {
            double hd = 0;
            for (int j = 0; j < n; j++) {
                hd += h.get(i, j) * d[j];
            }
            predicted -= d[i] * (g[i] + 0.5 * hd);
        }
        return Double.isFinite(predicted);
    }

    /** A side that the solver met up to rounding is met. */
    private static double within(double value, double low, double high) {
        double rounding = 1e-12 * Math.abs(value);
        return value <= low + rounding ? low : value >= high - rounding ? high : value;
    }

    /** {@code sign · d ≤ limit}, where that is a limit. */
    private void side(ConvexSolver.Builder program, int k, int sign, double limit) {
        if (!Double.isInfinite(limit)) {
            double[] row = new double[n];
            row[k] = sign;
            program.inequality(limit, row);
        }
    }
}
