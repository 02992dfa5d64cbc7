package henderson.equations.generalized;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The point of an evaluation and what belongs to it row by row and unit by unit. Threads share it: each writes only what
 * belongs to the clusters of its leaf.
 */
final class NestedPoint {
    final NestedRows rows;
    final double[] beta;
    /** Λ of each depth, block-diagonal over the terms of a factor. */
    final double[][] lambda;

    final double[] phi;
    /** Xβ + offset, n. */
    final double[] xb;
    /** {@code d_i = Λᵀz_i} along the path, n × path. */
    final double[] d;
    /** η at the mode, n. */
    final double[] eta;
    /** ℓ and three derivatives at the mode, and those in φ, (4 + 3 auxiliaries) × n. */
    final double[] density;
    /** v̂ of each unit, by depth. */
    final double[][] mode;
    /** Whether η and densities of a cluster stand at a mode, that of earlier parameters. */
    final boolean[] known;
    /** Number of the present parameters. */
    int current;
    /** Number of the parameters at which the mode of each cluster was last searched. */
    final int[] stamp;
    /** Location and scale of the Gaussian at mode and curvature. */
    final Centre curvature;

    NestedPoint(NestedRows rows) {
        this.rows = rows;
        this.beta = new double[rows.p];
        this.phi = new double[rows.auxiliaries];
        this.lambda = new double[rows.depths][];
        this.mode = new double[rows.depths][];
        for (int l = 0; l < rows.depths; l++) {
            lambda[l] = new double[rows.width[l] * rows.width[l]];
            mode[l] = new double[rows.units(l) * rows.width[l]];
        }
        this.curvature = new Centre(rows, mode);
        this.known = new boolean[rows.clusters()];
        this.stamp = new int[rows.clusters()];
        this.xb = new double[rows.n];
        this.d = new double[rows.n * rows.path];
        this.eta = new double[rows.n];
        this.density = new double[rows.n * (4 + 3 * rows.auxiliaries)];
    }

    /** Takes over parameters; modes that were found at the same ones stay. */
    void set(double[] newBeta, DMatrixRMaj[] newLambda, double[] newPhi) {
        boolean moved = current == 0 || !Arrays.equals(newBeta, beta) || !Arrays.equals(newPhi, phi);
        System.arraycopy(newBeta, 0, beta, 0, beta.length);
        System.arraycopy(newPhi, 0, phi, 0, phi.length);
        for (int t = 0; rows.factors != null && t < newLambda.length; t++) {
            Factors f = java.util.Objects.requireNonNull(rows.factors);
            int l = f.depthOf[t];
            int q = f.columns[t];
            int at = f.columnOf[t];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    int to = (at + i) * rows.width[l] + at + j;
                    moved |= lambda[l][to] != newLambda[t].data[i * q + j];
                    lambda[l][to] = newLambda[t].data[i * q + j];
                }
            }
        }
        current += moved ? 1 : 0;
    }

    /** Whether mode, densities and curvature of a cluster are those of the present parameters. */
    boolean searched(int c) {
        return stamp[c] == current && known[c];
    }

    /** {@code Xβ + offset} and {@code Λᵀz} of rows {@code from ≤ i < to}. */
    void prepare(int from, int to) {
        System.arraycopy(rows.offset, from, xb, from, to - from);
        double[] x = rows.x;
        for (int j = 0; j < rows.p; j++) {
            double b = beta[j];
            int column = j * rows.n;
            for (int i = from; i < to; i++) {
                xb[i] += x[column + i] * b;
            }
        }
        if (rows.path == 1) {
            double l = lambda[0][0];
            double[] z = rows.z;
            for (int i = from; i < to; i++) {
                d[i] = l * z[i];
            }
            return;
        }
        if (rows.path == 2 && rows.depths == 1) {
            double[] l = lambda[0];
            for (int i = from; i < to; i++) {
                double z0 = rows.z[2 * i];
                double z1 = rows.z[2 * i + 1];
                d[2 * i] = l[0] * z0 + l[2] * z1;
                d[2 * i + 1] = l[1] * z0 + l[3] * z1;
            }
            return;
        }
        for (int i = from; i < to; i++) {
            for (int l = 0; l < rows.depths; l++) {
                lambdaTransposed(l, rows.z, i * rows.path + rows.above[l], d, i * rows.path + rows.above[l]);
            }
        }
    }

    /** {@code out ← Λᵀx} at one depth. Modified. */
    void lambdaTransposed(int depth, double[] x, int from, double[] out, int to) {
        int q = rows.width[depth];
        double[] l = lambda[depth];
        for (int a = 0; a < q; a++) {
            double sum = 0;
            for (int b = 0; b < q; b++) {
                sum += l[b * q + a] * x[from + b];
            }
            out[to + a] = sum;
        }
    }
}
