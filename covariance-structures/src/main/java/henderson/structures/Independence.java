package henderson.structures;

import henderson.api.BoundStructure;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Directions that are not in the span of those before them, by orthogonalization. */
final class Independence {
    /** What is left of a direction below this part of it is rounding. */
    private static final double TOLERANCE = 1e-9;

    private final List<double[]> basis = new ArrayList<>();

    /**
     * Coordinates that may move: all in the interior; on a boundary those of {@code free} whose derivatives of the matrix,
     * over the positions {@code at}, are independent.
     */
    static boolean[] free(BoundStructure structure, double[] tau, boolean[] free, int[] at) {
        boolean inside = true;
        for (boolean f : free) {
            inside &= f;
        }
        Independence changes = new Independence();
        DMatrixRMaj slope = new DMatrixRMaj(at.length, at.length);
        for (int k = 0; k < tau.length && !inside; k++) {
            if (free[k]) {
                structure.derivative(tau, k, at, slope);
                free[k] = changes.add(slope.data);
            }
        }
        return free;
    }

    /** Takes a direction up; false where it adds nothing. */
    boolean add(double[] direction) {
        double[] rest = direction.clone();
        double size = norm(direction);
        for (int pass = 0; pass < 2; pass++) { // twice is enough
            for (double[] b : basis) {
                double along = 0;
                for (int i = 0; i < rest.length; i++) {
                    along += b[i] * rest[i];
                }
                for (int i = 0; i < rest.length; i++) {
                    rest[i] -= along * b[i];
                }
            }
        }
        double left = norm(rest);
        if (!(left > TOLERANCE * size)) {
            return false;
        }
        for (int i = 0; i < rest.length; i++) {
            rest[i] /= left;
        }
        return basis.add(rest);
    }

    private static double norm(double[] a) {
        double sum = 0;
        for (double v : a) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }
}
