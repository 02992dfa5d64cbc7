package henderson.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That no column of a design is a combination of those before it, told by some of very many rows: what a column leaves of
 * the others can only grow with the rows, and its norm over all of them has a bound.
 */
final class FullRank {
    /** Rows looked at. */
    private static final int SAMPLE = 2048;

    private static final int MANY = 16;

    private FullRank() {}

    /**
     * Whether some rows show it; false says nothing.
     *
     * @param clear part of its squared norm that a column leaves at least
     */
    static boolean shown(Design design, Rows used, int rows, double clear) {
        List<@Nullable Vector> vectors = design.vectors();
        if (vectors == null || !used.areAll(rows) || rows < MANY * SAMPLE || vectors.size() > SAMPLE / MANY) {
            return false;
        }
        int p = vectors.size();
        double[] bound = new double[p];
        for (int j = 0; j < p; j++) {
            bound[j] = bound(vectors.get(j));
            if (!(bound[j] * bound[j] * rows < Double.POSITIVE_INFINITY)) {
                return false;
            }
        }
        double[][] gram = gram(vectors, rows);
        for (int j = 0; j < p; j++) {
            double least = 2 * clear * rows * bound[j] * bound[j];
            double pivot = gram[j][j];
            for (int i = 0; i < j; i++) {
                pivot -= gram[j][i] * gram[j][i] / gram[i][i];
            }
            if (!(pivot > least) || !(pivot > clear * gram[j][j])) {
                return false;
            }
            for (int k = j + 1; k < p; k++) {
                for (int i = 0; i < j; i++) {
                    gram[k][j] -= gram[j][i] * gram[k][i] / gram[i][i];
                }
            }
            gram[j][j] = pivot;
        }
        return true;
    }

    private static double bound(@Nullable Vector vector) {
        if (vector == null || vector instanceof LevelVector) {
            return 1;
        }
        return vector instanceof ColumnVector c && c.column().facts().finite() ? c.largest() : Double.POSITIVE_INFINITY;
    }

    private static double[][] gram(List<@Nullable Vector> vectors, int rows) {
        int[] some = new int[SAMPLE];
        for (int i = 0; i < SAMPLE; i++) {
            some[i] = (int) ((long) i * rows / SAMPLE);
        }
        int p = vectors.size();
        double[][] values = new double[p][SAMPLE];
        Scratch scratch = new Scratch();
        for (int j = 0; j < p; j++) {
            Vector vector = vectors.get(j);
            if (vector == null) {
                java.util.Arrays.fill(values[j], 1);
            } else {
                vector.fill(some, SAMPLE, values[j], scratch);
            }
        }
        double[][] out = new double[p][p];
        for (int j = 0; j < p; j++) {
            for (int k = 0; k <= j; k++) {
                for (int i = 0; i < SAMPLE; i++) {
                    out[j][k] += values[j][i] * values[k][i];
                }
            }
        }
        return out;
    }
}
