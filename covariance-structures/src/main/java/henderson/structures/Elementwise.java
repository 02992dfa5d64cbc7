package henderson.structures;

import org.ejml.data.DMatrixRMaj;

/** Boundary rules of structures in which each coordinate is the signed root of an eigenvalue of {@code G}. */
final class Elementwise {
    private Elementwise() {}

    /** The diagonal matrix of {@code half[k]} over the coordinates that are zero. */
    static DMatrixRMaj curvature(double[] tau, double[] half) {
        int zeros = 0;
        for (double t : tau) {
            zeros += t == 0 ? 1 : 0;
        }
        DMatrixRMaj out = new DMatrixRMaj(zeros, zeros);
        int row = 0;
        for (int k = 0; k < tau.length; k++) {
            if (tau[k] == 0) {
                out.set(row, row, half[k]);
                row++;
            }
        }
        return out;
    }

    /** {@code tau} with {@code √t} in the zero coordinate of least curvature. */
    static double[] release(double[] tau, double[] half, double t) {
        int least = -1;
        for (int k = 0; k < tau.length; k++) {
            if (tau[k] == 0 && (least < 0 || half[k] < half[least])) {
                least = k;
            }
        }
        double[] out = tau.clone();
        if (least >= 0) {
            out[least] = Math.sqrt(t);
        }
        return out;
    }
}
