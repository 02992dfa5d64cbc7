package henderson.equations.generalized;

import org.ejml.data.DMatrixRMaj;

/** {@link FactorBends} as blocks of Λ of the only grouping factor, q × q by rows. */
final class LambdaBends {
    private final double[][] first;
    private final double[][][] second;

    LambdaBends(NestedRows rows, FactorBends bends) {
        int size = bends.term.length;
        this.first = new double[size][];
        this.second = new double[size][size][0];
        for (int j = 0; j < size; j++) {
            first[j] = block(rows, bends.term[j], bends.first[j]);
            for (int k = 0; k <= j; k++) {
                DMatrixRMaj own = bends.second[j][k];
                if (own != null) {
                    second[j][k] = block(rows, bends.term[j], own);
                }
            }
        }
    }

    private static double[] block(NestedRows rows, int term, DMatrixRMaj own) {
        Factors f = java.util.Objects.requireNonNull(rows.factors);
        int width = rows.path;
        int at = f.columnOf[term];
        double[] out = new double[width * width];
        for (int i = 0; i < own.numRows; i++) {
            System.arraycopy(own.data, i * own.numCols, out, (at + i) * width + at, own.numCols);
        }
        return out;
    }

    /** Coordinates. */
    int size() {
        return first.length;
    }

    /** Not copied: do not modify. */
    double[] first(int k) {
        return first[k];
    }

    /** For k ≤ j; empty where it is zero. Not copied: do not modify. */
    double[] second(int j, int k) {
        return second[j][k];
    }
}
