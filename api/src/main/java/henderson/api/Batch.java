package henderson.api;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Some consecutive rows of a model. Arrays belong to the model and may be reused for the next batch. */
public interface Batch {
    /** Number of rows; arrays may be longer. */
    int rows();

    /** Response minus {@link Model#responseShift()}; trials and offset apart. */
    double[] y();

    /** Precision weights, &gt; 0, or null when all are one. */
    double @Nullable [] weights();

    /** Replication counts, ≥ 1, or null when all are one. */
    double @Nullable [] frequencies();

    /** Offset, or null. */
    double @Nullable [] offset();

    /** Fixed-effects rows, rows × p (columns minus {@link Model#fixedShifts()}). */
    DMatrixRMaj x();

    /** Random-effects rows of term {@code term}, rows × its columns. */
    DMatrixRMaj z(int term);

    /** Level index of each row in term {@code term}. */
    int[] level(int term);

    /** Residual group of each row; only with a residual term. */
    default int[] residualGroup() {
        throw new UnsupportedOperationException("This model has no residual term.");
    }

    /** Position index of each row in its residual group; only with a residual term. */
    default int[] residualAt() {
        throw new UnsupportedOperationException("This model has no residual term.");
    }

    /** Number of row {@code i} in the data, the first being 1. */
    default long row(int i) {
        throw new UnsupportedOperationException("This model does not number its rows.");
    }
}
