package henderson.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A growing sequence of doubles, in chunks, so that growing copies nothing; in memory, or in a file but for the last. */
final class Doubles implements Spill.Chunks {
    static final int BITS = 15; // chunks of 256 kB, below what collectors treat as huge
    static final int CHUNK = 1 << BITS;
    static final int MASK = CHUNK - 1;

    private final @Nullable Spill spill;
    private final List<double @Nullable []> full = new ArrayList<>();
    /** Where chunks begin that are in the file. */
    private final Longs places = new Longs();

    private double @Nullable [][] chunks = new double[0][];
    private AtomicReferenceArray<double[]> resident = new AtomicReferenceArray<>(0);
    private double[] last = new double[64];
    private int size;
    private final RunningFacts running = new RunningFacts();
    /** Values that the facts know. */
    private int known;

    Doubles() {
        this(null);
    }

    /** In a file where there is one. */
    Doubles(@Nullable Spill spill) {
        this.spill = spill;
    }

    /** Where the chunks go. */
    @Nullable
    Spill spill() {
        return spill;
    }

    void add(double value) {
        int at = size & MASK;
        if (at == 0 && size > 0) {
            begin();
        } else if (at == last.length) {
            grow(2 * at);
        } else if (size == 0) {
            full.add(last);
        }
        last[at] = value;
        size++;
    }

    /** Adds the first {@code count} of some values. */
    void add(double[] values, int count) {
        int from = 0;
        while (from < count) {
            add(values[from++]);
            int at = size & MASK;
            int n = at == 0 ? 0 : Math.min(count - from, CHUNK - at);
            if (n > last.length - at && last.length < CHUNK) {
                grow(Math.max(2 * last.length, at + n));
            }
            System.arraycopy(values, from, last, at, n);
            from += n;
            size += n;
        }
    }

    private void begin() {
        learn();
        if (spill == null) {
            last = new double[CHUNK];
        } else {
            places.add(spill.write(last));
            full.set(full.size() - 1, null);
        }
        full.add(last);
    }

    /** Adds the last chunk's values to the facts. */
    private void learn() {
        if (known < size) {
            running.add(last, known & MASK, (size - 1 & MASK) + 1);
            known = size;
        }
    }

    private void grow(int length) {
        last = Arrays.copyOf(last, Math.min(CHUNK, length));
        full.set(full.size() - 1, last);
    }

    /** No more values come; from here on {@link #get} may be used. */
    Doubles seal() {
        learn();
        chunks = full.toArray(new double[0][]);
        resident = new AtomicReferenceArray<>(spill == null ? 0 : chunks.length);
        return this;
    }

    static Doubles of(double... values) {
        Doubles out = new Doubles();
        out.add(values, values.length);
        return out.seal();
    }

    int size() {
        return size;
    }

    double get(int i) {
        return chunk(i >>> BITS)[i & MASK];
    }

    /** Values {@code c · CHUNK …}; those behind {@link #size()} mean nothing. Not copied: do not modify. */
    double[] chunk(int c) {
        double[] chunk = chunks[c];
        return chunk != null ? chunk : spilled(c);
    }

    private double[] spilled(int c) {
        double[] chunk = resident.get(c);
        if (chunk == null && spill != null) {
            chunk = spill.doubles(places.get(c));
            resident.set(c, chunk);
            spill.resides(this, c);
        }
        return chunk;
    }

    @Override
    public void forget(int index) {
        resident.set(index, null);
    }

    /** How many chunks are in memory. */
    int residentChunks() {
        int out = 0;
        for (int c = 0; c < chunks.length; c++) {
            out += chunks[c] != null || resident.length() > 0 && resident.get(c) != null ? 1 : 0;
        }
        return out;
    }

    /** What a pass finds of the values minus {@code shift}; smallest and largest are the values'. After {@link #seal()}. */
    NumericColumn.Facts facts(double shift) {
        return running.facts(size, shift);
    }

    /** {@code out[i] ← value at rows[i]}, {@code i < count}; {@code rows} ascending. */
    void gather(int[] rows, int count, double[] out) {
        if (count > 0 && rows[count - 1] - rows[0] == count - 1 && rows[0] >>> BITS == rows[count - 1] >>> BITS) {
            System.arraycopy(chunk(rows[0] >>> BITS), rows[0] & MASK, out, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[i] = get(rows[i]);
        }
    }
}
