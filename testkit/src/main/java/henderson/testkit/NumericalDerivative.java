package henderson.testkit;

import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;

/** Eight-point central differences: with a step of 2⁻¹¹ the error is rounding alone, about 1e-12 of the function. */
final class NumericalDerivative {
    private static final double[] WEIGHTS = {4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280};
    private static final double STEP = 0x1p-11;

    private NumericalDerivative() {}

    /** {@code ∂f/∂xₖ}. */
    static DMatrixRMaj of(Function<double[], DMatrixRMaj> f, double[] x, int k) {
        double h = STEP * Math.max(1, Math.abs(x[k]));
        double[] moved = x.clone();
        DMatrixRMaj sum = new DMatrixRMaj(0, 0);
        for (int s = 1; s <= WEIGHTS.length; s++) {
            moved[k] = x[k] + s * h;
            DMatrixRMaj up = f.apply(moved);
            moved[k] = x[k] - s * h;
            DMatrixRMaj difference = Small.combine(WEIGHTS[s - 1] / h, up, -WEIGHTS[s - 1] / h, f.apply(moved));
            sum = s == 1 ? difference : Small.combine(1, sum, 1, difference);
        }
        return sum;
    }

    /** The gradient of a number. */
    static double[] gradient(Function<double[], Double> f, double[] x) {
        double[] out = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            out[k] = of(v -> new DMatrixRMaj(1, 1, true, f.apply(v)), x, k).get(0, 0);
        }
        return out;
    }
}
