package henderson.api;

import org.ejml.data.DMatrixRMaj;

/** Six-point central differences, for structures that give no derivatives of their own. */
final class Differences {
    private static final double[] WEIGHTS = {45.0 / 60, -9.0 / 60, 1.0 / 60};

    private Differences() {}

    /** A matrix that depends on coordinates. */
    interface MatrixFunction {
        DMatrixRMaj at(double[] tau, int[] at, DMatrixRMaj out);
    }

    static void first(double[] tau, int k, int[] at, DMatrixRMaj out, MatrixFunction f) {
        double h = 0x1p-8 * Math.max(1, Math.abs(tau[k]));
        double[] moved = tau.clone();
        DMatrixRMaj up = new DMatrixRMaj(at.length, at.length);
        DMatrixRMaj down = new DMatrixRMaj(at.length, at.length);
        out.zero();
        for (int s = 1; s <= WEIGHTS.length; s++) {
            moved[k] = tau[k] + s * h;
            f.at(moved, at, up);
            moved[k] = tau[k] - s * h;
            f.at(moved, at, down);
            for (int i = 0; i < out.data.length && i < at.length * at.length; i++) {
                out.data[i] += WEIGHTS[s - 1] * (up.data[i] - down.data[i]) / h;
            }
        }
    }

    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
