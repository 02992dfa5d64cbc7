package henderson.structures;

import henderson.api.Whitening;
import java.util.Arrays;

/** {@code C = diag(θ)}, signs kept: one division a number. */
final class DiagonalWhitening implements Whitening {
    /** Coordinate of each row, n. */
    private final int[] owner;
    /** θ of each row, n; {@code R = θ²}. */
    private final double[] root;

    private double logDeterminant;

    DiagonalWhitening(int[] owner) {
        this.owner = owner;
        this.root = new double[owner.length];
    }

    @Override
    public boolean update(double[] tau) {
        logDeterminant = 0;
        for (int i = 0; i < root.length; i++) {
            root[i] = tau[owner[i]];
            if (!(Math.abs(root[i]) > 0)) {
                return false;
            }
            logDeterminant += 2 * Math.log(Math.abs(root[i])); // doubled: determinant of the matrix, not of its factor
        }
        return true;
    }

    @Override
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        for (int i = 0; i < root.length; i++) {
            for (int j = offset + i * columns; j < offset + (i + 1) * columns; j++) {
                x[j] /= root[i];
            }
        }
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        for (int i = 0; i < root.length; i++) {
            for (int j = offset + i * columns; j < offset + (i + 1) * columns; j++) {
                x[j] *= root[i];
            }
        }
    }

    /** {@code Qₖ} is {@code 2/θₖ} on the rows of k. */
    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        for (int i = 0; i < root.length; i++) {
            int from = offset + i * columns;
            if (owner[i] != k) {
                Arrays.fill(out, from, from + columns, 0);
                continue;
            }
            for (int j = from; j < from + columns; j++) {
                out[j] = 2 / root[i] * x[j];
            }
        }
    }

    @Override
    public double traceQ(int k) {
        double sum = 0;
        for (int i = 0; i < root.length; i++) {
            sum += owner[i] == k ? 2 / root[i] : 0;
        }
        return sum;
    }

    @Override
    public boolean transposes() {
        return true;
    }

    /** C is symmetric. */
    @Override
    public void whitenTransposed(double[] x, int offset, int columns) {
        whiten(x, offset, columns);
    }

    @Override
    public void colourTransposed(double[] x, int offset, int columns) {
        colour(x, offset, columns);
    }
}
