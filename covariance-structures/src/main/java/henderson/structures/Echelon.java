package henderson.structures;

import org.ejml.data.DMatrixRMaj;

/** Lower triangular factors whose zero columns stand last. */
final class Echelon {
    private Echelon() {}

    /**
     * The lower triangular {@code L}, n × n, with {@code LLᵀ = BBᵀ} for any {@code B}, n × m: columns are turned by
     * Householder reflections, row by row. The first entry of each column that is not zero is positive and stands in a
     * lower row than that of the column before (column echelon form), so that L has as many columns that are not zero as
     * B has rank. An entry below rounding of its row counts as zero.
     *
     * @param b destroyed. Modified.
     */
    static DMatrixRMaj lower(DMatrixRMaj b) {
        int n = b.numRows;
        int m = b.numCols;
        int pivot = 0;
        for (int i = 0; i < n; i++) {
            double all = norm(b, i, 0, m);
            double rest = norm(b, i, pivot, m);
            if (rest <= all * m * 0x1p-50) {
                zero(b, i, pivot, m);
            } else {
                reflect(b, i, pivot, rest);
                pivot++;
            }
        }
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < Math.min(pivot, n); j++) {
                out.set(i, j, b.get(i, j));
            }
        }
        return out;
    }

    private static void zero(DMatrixRMaj b, int i, int from, int to) {
        for (int j = from; j < to; j++) {
            b.set(i, j, 0);
        }
    }

    /** Turns columns from {@code p} on so that row i keeps one positive entry there. */
    private static void reflect(DMatrixRMaj b, int i, int p, double norm) {
        int m = b.numCols;
        double[] v = new double[m];
        for (int j = p; j < m; j++) {
            v[j] = b.get(i, j) / norm;
        }
        double sign = v[p] > 0 ? -1 : 1; // the reflection sends the row to sign · norm, without cancellation
        v[p] -= sign;
        double half = -sign * v[p]; // vᵀv / 2 = 1 − sign · v_p, with the old v_p
        for (int r = i; r < b.numRows; r++) {
            double dot = 0;
            for (int j = p; j < m; j++) {
                dot += v[j] * b.get(r, j);
            }
            for (int j = p; j < m; j++) {
                b.add(r, j, -dot / half * v[j]);
            }
            b.set(r, p, sign * b.get(r, p));
        }
        zero(b, i, p + 1, m);
        b.set(i, p, norm);
    }

    private static double norm(DMatrixRMaj b, int i, int from, int to) {
        double out = 0;
        for (int j = from; j < to; j++) {
            out = Math.hypot(out, b.get(i, j));
        }
        return out;
    }
}
