package henderson.equations.generalized;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The step matrix of a search carried from point to point: where it foretold the change of the gradient well, the update of
 * Broyden, Fletcher, Goldfarb and Shanno makes it foretell that change exactly, without another evaluation.
 */
final class SecantMatrix {
    /** How far, relative to what was foretold, curvature along a step may be from it. */
    private static final double FORETOLD = 0.3;
    /** Over steps with more energy the matrix itself changes too much, for so many clusters; their sum bends less. */
    private static final double LONG = 1e-2;

    private static final double CLUSTERS = 100;
    /** Steps with less energy are too short for their gradients to say anything. */
    private static final double SHORT = 1e-16;

    private final int m;
    private final DMatrixRMaj matrix;
    private final double[] point;
    private final double[] gradient;
    private final double[] step;
    private final double[] change;
    private final double[] foretold;
    private boolean known;
    /** Energy of the longest step. */
    private final double most;

    SecantMatrix(int m, int clusters) {
        this.m = m;
        this.most = LONG * Math.max(1, clusters / CLUSTERS);
        this.matrix = new DMatrixRMaj(m, m);
        this.point = new double[m];
        this.gradient = new double[m];
        this.step = new double[m];
        this.change = new double[m];
        this.foretold = new double[m];
    }

    /** Takes over a matrix computed at a point. */
    void set(DMatrixRMaj newMatrix, double[] at, double[] g) {
        matrix.setTo(newMatrix);
        move(at, g);
        known = true;
    }

    private void move(double[] at, double[] g) {
        System.arraycopy(at, 0, point, 0, m);
        System.arraycopy(g, 0, gradient, 0, m);
    }

    /** The matrix at another point, or false where it must be computed anew. */
    boolean carry(double[] at, double[] g) {
        if (!known) {
            return false;
        }
        Arrays.fill(foretold, 0);
        double energy = 0;
        double curvature = 0;
        for (int i = 0; i < m; i++) {
            step[i] = at[i] - point[i];
            change[i] = g[i] - gradient[i];
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                foretold[i] += matrix.get(i, j) * step[j];
            }
            energy += step[i] * foretold[i];
            curvature += step[i] * change[i];
        }
        if (Math.abs(energy) < SHORT) {
            return true;
        }
        known = energy > 0 && energy < most && Math.abs(curvature - energy) <= FORETOLD * energy;
        if (!known) {
            return false;
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                matrix.add(i, j, change[i] * change[j] / curvature - foretold[i] * foretold[j] / energy);
            }
        }
        move(at, g);
        return true;
    }

    /** Not copied: do not modify. */
    DMatrixRMaj matrix() {
        return matrix;
    }
}
