package henderson.testkit;

import henderson.api.Batch;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** One reading of the rows of an {@link InMemoryModel}; every batch overwrites the one before. */
final class InMemoryBatches implements Iterator<Batch>, Batch {
    /** Numbers beyond the last row, so that nobody relies on an array's length. */
    private static final int EXCESS = 3;

    private final InMemoryModel.Rows all;
    private final double[] y;
    private final DMatrixRMaj x;
    private final DMatrixRMaj[] z;
    private final int[][] level;
    private int from;
    private int next;

    InMemoryBatches(InMemoryModel.Rows all) {
        this.all = all;
        int capacity = all.batchSize() + EXCESS;
        this.y = new double[capacity];
        this.x = new DMatrixRMaj(capacity, all.x()[0].length);
        int terms = all.z().size();
        this.z = new DMatrixRMaj[terms];
        this.level = new int[terms][capacity];
        for (int t = 0; t < terms; t++) {
            z[t] = new DMatrixRMaj(capacity, all.z().get(t)[0].length);
        }
    }

    @Override
    public boolean hasNext() {
        return next < all.y().length;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        from = next;
        next = Math.min(from + all.batchSize(), all.y().length);
        copy(all.y(), y);
        fill(all.x(), x);
        for (int t = 0; t < z.length; t++) {
            fill(all.z().get(t), z[t]);
            copy(all.level().get(t), level[t]);
        }
        return this;
    }

    private void copy(double[] source, double[] target) {
        Arrays.fill(target, Double.NaN);
        System.arraycopy(source, from, target, 0, rows());
    }

    private void copy(int[] source, int[] target) {
        Arrays.fill(target, Integer.MIN_VALUE);
        System.arraycopy(source, from, target, 0, rows());
    }

    private void fill(double[][] source, DMatrixRMaj target) {
        Arrays.fill(target.data, Double.NaN);
        target.reshape(rows(), target.numCols);
        for (int i = 0; i < rows(); i++) {
            System.arraycopy(source[from + i], 0, target.data, i * target.numCols, target.numCols);
        }
    }

    private double @Nullable [] part(double @Nullable [] source) {
        if (source == null) {
            return null;
        }
        double[] out = new double[rows() + EXCESS];
        copy(source, out);
        return out;
    }

    private int[] part(int @Nullable [] source) {
        if (source == null) {
            throw new UnsupportedOperationException("This model has no residual term.");
        }
        int[] out = new int[rows() + EXCESS];
        copy(source, out);
        return out;
    }

    @Override
    public int rows() {
        return next - from;
    }

    @Override
    public double[] y() {
        return y;
    }

    @Override
    public double @Nullable [] weights() {
        return part(all.weights());
    }

    @Override
    public double @Nullable [] frequencies() {
        return part(all.frequencies());
    }

    @Override
    public double @Nullable [] offset() {
        return part(all.offset());
    }

    @Override
    public DMatrixRMaj x() {
        return x;
    }

    @Override
    public DMatrixRMaj z(int term) {
        return z[term];
    }

    @Override
    public int[] level(int term) {
        return level[term];
    }

    @Override
    public int[] residualGroup() {
        return part(all.residualGroup());
    }

    @Override
    public int[] residualAt() {
        return part(all.residualAt());
    }
}
