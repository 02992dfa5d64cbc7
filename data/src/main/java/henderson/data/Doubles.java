package henderson.data;

import java.util.ArrayList;
import java.util.List;

/** A growing sequence of doubles, in chunks, so that growing copies nothing. */
final class Doubles {
    static final int BITS = 15; // chunks of 256 kB, below what collectors treat as huge
    static final int CHUNK = 1 << BITS;
    static final int MASK = CHUNK - 1;

    private final List<double[]> full = new ArrayList<>();
    private double[][] chunks = new double[0][];
    private double[] last = new double[64];
    private int size;

    void add(double value) {
        int at = size & MASK;
        if (at == 0 && size > 0) {
            last = new double[CHUNK];
            full.add(last);
        } else if (at == last.length) {
            last = java.util.Arrays.copyOf(last, Math.min(CHUNK, 2 * at));
            full.set(full.size() - 1, last);
        } else if (size == 0) {
            full.add(last);
        }
        last[at] = value;
        size++;
    }

    /** No more values come; from here on {@link #get} may be used. */
    Doubles seal() {
        chunks = full.toArray(new double[0][]);
        return this;
    }

    static Doubles of(double... values) {
        Doubles out = new Doubles();
        for (double v : values) {
            out.add(v);
        }
        return out.seal();
    }

    int size() {
        return size;
    }

    double get(int i) {
        return chunks[i >>> BITS][i & MASK];
    }

    /** Values {@code c · CHUNK …}; those behind {@link #size()} mean nothing. Not copied: do not modify. */
    double[] chunk(int c) {
        return chunks[c];
    }

    /** What a pass finds of the values minus {@code shift}; smallest and largest are the values'. */
    NumericColumn.Facts facts(double shift) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double first = size == 0 ? 0 : get(0) - shift;
        double sum = 0;
        double square = 0;
        for (int c = 0; c < chunks.length; c++) {
            double[] chunk = chunk(c);
            int n = Math.min(chunk.length, size - c * CHUNK);
            for (int i = 0; i < n; i++) {
                double d = chunk[i] - shift - first;
                min = Math.min(min, chunk[i]);
                max = Math.max(max, chunk[i]);
                sum += d;
                square += d * d;
            }
        }
        double mean = sum / size;
        boolean finite = min > Double.NEGATIVE_INFINITY && max < Double.POSITIVE_INFINITY; // neither is true of NaN
        return new NumericColumn.Facts(finite, min, max, first + mean, square / size - mean * mean);
    }

    /** {@code out[i] ← value at rows[i]}, {@code i < count}; {@code rows} ascending. */
    void gather(int[] rows, int count, double[] out) {
        if (count > 0 && rows[count - 1] - rows[0] == count - 1 && rows[0] >>> BITS == rows[count - 1] >>> BITS) {
            System.arraycopy(chunks[rows[0] >>> BITS], rows[0] & MASK, out, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[i] = get(rows[i]);
        }
    }
}
