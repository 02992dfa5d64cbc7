package henderson.structures;

import henderson.api.Whitening;
import java.util.Arrays;

/**
 * {@code w_i = (x_i/θ_i − ρ_i x_{i−1}/θ_{i−1})/√(1 − ρ_i²)}, ρ_i the correlation of row i with the row before: two products a
 * number. {@code Q_k = ugᵀ + guᵀ}, theory (71), (72): two passes over the rows before.
 */
final class AntedependenceWhitening implements Whitening {
    private final BoundAntedependence structure;
    private final int n;
    private final int q;
    private final int[] at;
    /** Row at which a variance or a correlation first acts, −1 where it does not, one per coordinate. */
    private final int[] rowOf;
    /** θ, n. */
    private final double[] theta;
    /** ρ, 0 for the first row, n. */
    private final double[] rho;
    /** √(1 − ρ²), n. */
    private final double[] root;
    /** ∂ρ of its row, one per coordinate. */
    private final double[] slope;

    private double logDeterminant;

    AntedependenceWhitening(BoundAntedependence structure, int[] at) {
        this.structure = structure;
        this.n = at.length;
        this.q = structure.size();
        this.at = at.clone();
        this.theta = new double[n];
        this.rho = new double[n];
        this.root = new double[n];
        this.rowOf = new int[2 * q - 1];
        this.slope = new double[2 * q - 1];
        Arrays.fill(rowOf, -1);
        for (int i = 0; i < n; i++) {
            rowOf[at[i]] = i;
            for (int p = i == 0 ? at[0] + 1 : at[i - 1] + 1; p <= at[i]; p++) {
                rowOf[q + p - 1] = i;
            }
        }
    }

    @Override
    public boolean update(double[] tau) {
        logDeterminant = 0;
        for (int i = 0; i < n; i++) {
            theta[i] = tau[at[i]];
            rho[i] = i == 0 ? 0 : 1;
            root[i] = 1;
            if (i > 0) {
                setLink(tau, i);
            }
            if (!(Math.abs(theta[i]) > 0 && root[i] > 0)) {
                return false;
            }
            logDeterminant += 2 * Math.log(Math.abs(theta[i]) * root[i]); // doubled: of the matrix, not of its factor
        }
        return true;
    }

    /** {@code ρ_i} and its derivatives by each correlation between the two rows. */
    private void setLink(double[] tau, int i) {
        int from = at[i - 1] + 1;
        for (int p = from; p <= at[i]; p++) {
            rho[i] *= structure.rho(tau, p);
            double others = 1;
            for (int o = from; o <= at[i]; o++) {
                others *= o == p ? structure.rhoSlope(tau, p) : structure.rho(tau, o);
            }
            slope[q + p - 1] = others;
        }
        root[i] = from == at[i]
                ? Math.abs(structure.rhoSlope(tau, from)) // the cosine keeps what 1 − ρ² has lost
                : Math.sqrt((1 - rho[i]) * (1 + rho[i]));
    }

    @Override
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public double traceQ(int k) {
        int i = rowOf[k];
        if (i < 0) {
            return 0;
        }
        return k < q ? 2 / theta[i] : -2 * rho[i] * slope[k] / (root[i] * root[i]);
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        for (int i = n - 1; i >= 0; i--) {
            double own = 1 / (theta[i] * root[i]);
            double before = i == 0 ? 0 : -rho[i] / (theta[i - 1] * root[i]);
            combine(own, before, -1, i, x, offset, columns);
        }
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        for (int i = 0; i < n; i++) {
            double before = i == 0 ? 0 : rho[i] * theta[i] / theta[i - 1];
            combine(theta[i] * root[i], before, -1, i, x, offset, columns);
        }
    }

    @Override
    public boolean transposes() {
        return true;
    }

    @Override
    public void whitenTransposed(double[] x, int offset, int columns) {
        for (int i = 0; i < n; i++) {
            double after = i == n - 1 ? 0 : -rho[i + 1] / (theta[i] * root[i + 1]);
            combine(1 / (theta[i] * root[i]), after, 1, i, x, offset, columns);
        }
    }

    @Override
    public void colourTransposed(double[] x, int offset, int columns) {
        for (int i = n - 1; i >= 0; i--) {
            double after = i == n - 1 ? 0 : root[i] * rho[i + 1] / root[i + 1];
            combine(theta[i] * root[i], after, 1, i, x, offset, columns);
        }
    }

    /** {@code x_i ← own x_i + other x_{i + step}}. */
    private void combine(double own, double other, int step, int i, double[] x, int offset, int columns) {
        int row = offset + i * columns;
        boolean alone = i + step < 0 || i + step >= n;
        for (int j = row; j < row + columns; j++) {
            x[j] = own * x[j] + (alone ? 0 : other * x[j + step * columns]);
        }
    }

    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        Arrays.fill(out, offset, offset + n * columns, 0);
        int i = rowOf[k];
        if (i < 0 || k >= q && i == 0) {
            return;
        }
        if (k < q) {
            // u: what x_i/θ_i does to the rows i and i + 1; g: what makes it
            double next = i + 1 < n ? -rho[i + 1] / root[i + 1] : 0;
            outer(i, 1 / (root[i] * theta[i]), next / theta[i], i, 1, 0, x, offset, columns, out);
        } else {
            double own = -rho[i] * slope[k] / (root[i] * root[i]);
            outer(i, 1, 0, i - 1, slope[k] / root[i], own, x, offset, columns, out);
        }
    }

    /**
     * {@code out ← (ugᵀ + guᵀ)x}: u has {@code u0} in row i and {@code u1} in the next; g is {@code factor} times what makes
     * {@code x/θ} of row {@code last}, and {@code own} more in row i.
     */
    private void outer(
            int i,
            double u0,
            double u1,
            int last,
            double factor,
            double own,
            double[] x,
            int offset,
            int columns,
            double[] out) {
        double[] s = Scratch.zeros(2 * columns); // uᵀx, gᵀx
        int row = offset + i * columns;
        for (int j = 0; j < columns; j++) {
            s[j] = u0 * x[row + j] + (u1 == 0 ? 0 : u1 * x[row + columns + j]);
            s[columns + j] = own * x[row + j];
        }
        double path = factor;
        for (int r = last; r >= 0; r--) {
            for (int j = 0; j < columns; j++) {
                s[columns + j] += path * root[r] * x[offset + r * columns + j];
            }
            path *= rho[r];
        }
        for (int j = 0; j < columns; j++) {
            out[row + j] = u0 * s[columns + j] + own * s[j];
            if (u1 != 0) {
                out[row + columns + j] = u1 * s[columns + j];
            }
        }
        path = factor;
        for (int r = last; r >= 0; r--) {
            for (int j = 0; j < columns; j++) {
                out[offset + r * columns + j] += path * root[r] * s[j];
            }
            path *= rho[r];
        }
    }
}
