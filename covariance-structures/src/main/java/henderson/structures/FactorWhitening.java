package henderson.structures;

import henderson.api.Whitening;
import java.util.Arrays;

/**
 * Whitening of {@code R = MMᵀ}, M rows {@code at} of a lower triangular Λ whose entries are the coordinates. {@code M = CO}
 * with C lower triangular and O's rows orthonormal, by reflections of the rows; {@code Q_k = abᵀ + baᵀ} with {@code a = C⁻¹e_i},
 * {@code b = C⁻¹Λe_j} for the entry (i, j), theory (66). One factor per pattern; n² per column, n for each {@code Q_k}.
 */
final class FactorWhitening implements Whitening {
    private final int n;
    private final int q;
    private final int[] at;
    /** Row and column of Λ of each coordinate. */
    private final int[] row;

    private final int[] column;
    /** Where each row of Λ stands in the pattern, −1 where it does not. */
    private final int[] place;
    /** M, then C in its lower triangle, n × q. */
    private final double[] m;
    /** C, n × n. */
    private final double[] c;
    /** C⁻¹, n × n. */
    private final double[] inverse;
    /** O = C⁻¹M, n × q. */
    private final double[] o;
    /** A reflection, q. */
    private final double[] reflection;

    private final double[] trace;
    private double logDeterminant;

    /**
     * For a pattern.
     *
     * @param q      rows of Λ
     * @param row    of Λ, one per coordinate
     * @param column of Λ, one per coordinate
     * @param at     different rows of Λ
     */
    FactorWhitening(int q, int[] row, int[] column, int[] at) {
        this.n = at.length;
        this.q = q;
        this.at = at.clone();
        this.row = row;
        this.column = column;
        this.place = new int[q];
        Arrays.fill(place, -1);
        for (int i = 0; i < n; i++) {
            place[at[i]] = i;
        }
        this.m = new double[n * q];
        this.c = new double[n * n];
        this.inverse = new double[n * n];
        this.o = new double[n * q];
        this.reflection = new double[q];
        this.trace = new double[row.length];
    }

    @Override
    public boolean update(double[] tau) {
        Arrays.fill(m, 0);
        for (int k = 0; k < row.length; k++) {
            if (place[row[k]] >= 0) {
                m[place[row[k]] * q + column[k]] = tau[k];
            }
        }
        System.arraycopy(m, 0, o, 0, m.length);
        for (int i = 0; i < n; i++) {
            reflect(i);
        }
        logDeterminant = 0;
        for (int i = 0; i < n; i++) {
            double pivot = m[i * q + i];
            // a pivot below rounding of its row is none
            if (!(Math.abs(pivot) > 0x1p-50 * rowNorm(i))) {
                return false;
            }
            logDeterminant += 2 * Math.log(Math.abs(pivot)); // doubled: determinant of the matrix, not of its factor
            System.arraycopy(m, i * q, c, i * n, i + 1);
        }
        whiten(o, 0, q);
        Arrays.fill(inverse, 0);
        for (int i = 0; i < n; i++) {
            inverse[i * n + i] = 1;
        }
        whiten(inverse, 0, n);
        for (int k = 0; k < trace.length; k++) {
            trace[k] = place[row[k]] < 0 ? 0 : 2 * productOfColumns(place[row[k]], column[k]);
        }
        return true;
    }

    private double rowNorm(int i) {
        double sum = 0;
        for (int j = 0; j <= i; j++) {
            sum += m[i * q + j] * m[i * q + j];
        }
        return Math.sqrt(sum);
    }

    /** Turns columns i, i + 1, … so that row i ends at i. */
    private void reflect(int i) {
        double rest = 0;
        for (int j = i + 1; j < q; j++) {
            rest += m[i * q + j] * m[i * q + j];
        }
        if (rest == 0) {
            return;
        }
        double pivot = m[i * q + i];
        double norm = Math.sqrt(pivot * pivot + rest);
        double signed = pivot > 0 ? -norm : norm;
        reflection[i] = pivot - signed;
        System.arraycopy(m, i * q + i + 1, reflection, i + 1, q - i - 1);
        double factor = 2 / (reflection[i] * reflection[i] + rest);
        for (int r = i; r < n; r++) {
            double along = 0;
            for (int j = i; j < q; j++) {
                along += m[r * q + j] * reflection[j];
            }
            along *= factor;
            for (int j = i; j < q; j++) {
                m[r * q + j] -= along * reflection[j];
            }
        }
        Arrays.fill(m, i * q + i + 1, (i + 1) * q, 0);
    }

    /** {@code aᵀb}, a column of C⁻¹ and one of O. */
    private double productOfColumns(int a, int b) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += inverse[i * n + a] * o[i * q + b];
        }
        return sum;
    }

    @Override
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public double traceQ(int k) {
        return trace[k];
    }

    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        Arrays.fill(out, offset, offset + n * columns, 0);
        int a = place[row[k]];
        if (a < 0) {
            return;
        }
        int b = column[k];
        double[] s = Scratch.zeros(2 * columns); // aᵀx, bᵀx
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < columns; j++) {
                double v = x[offset + i * columns + j];
                s[j] += inverse[i * n + a] * v;
                s[columns + j] += o[i * q + b] * v;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < columns; j++) {
                out[offset + i * columns + j] = inverse[i * n + a] * s[columns + j] + o[i * q + b] * s[j];
            }
        }
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        Triangular.solve(c, n, x, offset, columns);
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        Triangular.multiply(c, n, x, offset, columns);
    }

    @Override
    public boolean transposes() {
        return true;
    }

    @Override
    public void whitenTransposed(double[] x, int offset, int columns) {
        Triangular.solveTransposed(c, n, x, offset, columns);
    }

    @Override
    public void colourTransposed(double[] x, int offset, int columns) {
        Triangular.multiplyTransposed(c, n, x, offset, columns);
    }
}
