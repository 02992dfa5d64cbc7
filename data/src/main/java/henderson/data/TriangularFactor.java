package henderson.data;

/**
 * The triangular factor of a tall matrix that is given a few rows at a time: {@code RᵀR = AᵀA}, by Householder
 * reflections of the factor so far stacked on the new rows. Memory p² and one block of rows; work 2p² a row.
 */
final class TriangularFactor {
    private static final int BLOCK = 256;

    private final int p;
    /** Upper triangle by columns: {@code r[j][i]}, i ≤ j. */
    private final double[][] r;
    /** Rows not yet taken in, by columns, p × BLOCK. */
    private final double[][] block;

    private int waiting;

    TriangularFactor(int p) {
        this.p = p;
        this.r = new double[p][];
        this.block = new double[p][BLOCK];
        for (int j = 0; j < p; j++) {
            r[j] = new double[j + 1];
        }
    }

    /** Adds the row {@code (row[j] − center[j]) · scale[j]}, {@code row} beginning at {@code offset}. */
    void add(double[] row, int offset, double[] center, double[] scale) {
        for (int j = 0; j < p; j++) {
            block[j][waiting] = (row[offset + j] - center[j]) * scale[j];
        }
        if (++waiting == BLOCK) {
            absorb();
        }
    }

    /** {@code factor()[j][i]} is R(i, j), i ≤ j. */
    double[][] factor() {
        absorb();
        return r;
    }

    private void absorb() {
        for (int j = 0; j < p; j++) {
            double below = dot(block[j], block[j]);
            if (below == 0) {
                continue;
            }
            double top = r[j][j];
            double norm = Math.copySign(Math.sqrt(top * top + below), top);
            double pivot = top + norm;
            for (int k = j + 1; k < p; k++) {
                double t = (pivot * r[k][j] + dot(block[j], block[k])) / (norm * pivot);
                r[k][j] -= t * pivot;
                for (int i = 0; i < waiting; i++) {
                    block[k][i] -= t * block[j][i];
                }
            }
            r[j][j] = -norm;
        }
        waiting = 0;
    }

    private double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < waiting; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
