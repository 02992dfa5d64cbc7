package henderson.equations;

import java.util.Arrays;

/** Products of matrices of some size, over copies of their rows. A workspace. */
final class RowProducts {
    /** Below so many columns rows are not worth a copy. */
    private static final int FEW = 12;

    private final double[][] rows;
    private final double[][] out;

    /** For products of matrices with at most {@code n} rows and columns. */
    RowProducts(int n) {
        this.rows = new double[n + RankUpdate.ROWS][n];
        this.out = new double[RankUpdate.ROWS][n];
    }

    /** {@code to ← ab}; a is m × inner, b inner × columns. Modified. */
    void multiply(double[] a, double[] b, int m, int inner, int columns, double[] to) {
        if (columns < FEW) {
            SquareMatrices.multiply(a, b, m, inner, columns, to);
            return;
        }
        for (int k = 0; k < inner; k++) {
            System.arraycopy(b, k * columns, rows[k], 0, columns);
        }
        int whole = inner / RankUpdate.ROWS * RankUpdate.ROWS;
        for (int i = 0; i < m; i += RankUpdate.ROWS) {
            int r0 = i * inner;
            int r1 = Math.min(i + 1, m - 1) * inner;
            int r2 = Math.min(i + 2, m - 1) * inner;
            for (double[] row : out) {
                Arrays.fill(row, 0, columns, 0);
            }
            for (int k = 0; k < whole; k += RankUpdate.ROWS) {
                RankUpdate.add(
                        0,
                        columns,
                        out[0],
                        out[1],
                        out[2],
                        rows[k],
                        rows[k + 1],
                        rows[k + 2],
                        a[r0 + k],
                        a[r0 + k + 1],
                        a[r0 + k + 2],
                        a[r1 + k],
                        a[r1 + k + 1],
                        a[r1 + k + 2],
                        a[r2 + k],
                        a[r2 + k + 1],
                        a[r2 + k + 2]);
            }
            for (int k = whole; k < inner; k++) {
                addOne(rows[k], columns, a[r0 + k], a[r1 + k], a[r2 + k]);
            }
            for (int s = 0; s < RankUpdate.ROWS && i + s < m; s++) {
                System.arraycopy(out[s], 0, to, (i + s) * columns, columns);
            }
        }
    }

    private void addOne(double[] row, int columns, double f, double g, double h) {
        double[] a = out[0];
        double[] b = out[1];
        double[] c = out[2];
        for (int j = 0; j < columns; j++) {
            double v = row[j];
            a[j] = Math.fma(f, v, a[j]);
            b[j] = Math.fma(g, v, b[j]);
            c[j] = Math.fma(h, v, c[j]);
        }
    }
}
