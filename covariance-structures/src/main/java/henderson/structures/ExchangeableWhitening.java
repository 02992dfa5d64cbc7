package henderson.structures;

import henderson.api.Whitening;

/**
 * {@code R = c²(I − J/m) + s²J/m} over m positions, {@code C = c(I − J/m) + sJ/m} its symmetric root: two passes over the
 * rows, whatever their number. {@code s² = (a²m + c²(q − m))/q}.
 */
final class ExchangeableWhitening implements Whitening {
    private final BoundExchangeable structure;
    private final int q;
    private final int m;

    private double c;
    private double s;
    /** Eigenvalues of Qₖ, k = a, c: on the contrasts and on the mean. */
    private final double[] contrasts = new double[2];

    private final double[] mean = new double[2];
    private double logDeterminant;

    ExchangeableWhitening(BoundExchangeable structure, int q, int m) {
        this.structure = structure;
        this.q = q;
        this.m = m;
    }

    @Override
    public boolean update(double[] tau) {
        s = structure.meanRoot(tau, m);
        c = m == 1 ? s : tau[1]; // one row has no contrasts
        if (!(Math.abs(s) > 0 && Math.abs(c) > 0)) {
            return false;
        }
        // doubled: determinant of the matrix, not of its factor
        logDeterminant = 2 * ((m - 1) * Math.log(Math.abs(c)) + Math.log(Math.abs(s)));
        mean[0] = 2 * tau[0] * m / (q * s * s);
        mean[1] = 2 * tau[1] * (q - m) / (q * s * s);
        contrasts[1] = 2 / c;
        return true;
    }

    @Override
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        scale(x, offset, columns, 1 / c, 1 / s, x);
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        scale(x, offset, columns, c, s, x);
    }

    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        scale(x, offset, columns, contrasts[k], mean[k], out);
    }

    /** {@code out ← onContrasts (I − J/m) x + onMean J/m x}. */
    private void scale(double[] x, int offset, int columns, double onContrasts, double onMean, double[] out) {
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (int i = 0; i < m; i++) {
                sum += x[offset + i * columns + j];
            }
            double average = sum / m;
            for (int i = 0; i < m; i++) {
                int at = offset + i * columns + j;
                out[at] = onContrasts * (x[at] - average) + onMean * average;
            }
        }
    }

    @Override
    public double traceQ(int k) {
        return (m - 1) * contrasts[k] + mean[k];
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
