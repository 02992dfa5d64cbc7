package henderson.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A growing sequence of ints, in chunks; in memory, or in a file but for the last chunk. */
final class Ints implements Spill.Chunks {
    private final @Nullable Spill spill;
    private final List<int @Nullable []> full = new ArrayList<>();
    /** Where chunks begin that are in the file. */
    private final Longs places = new Longs();

    private int @Nullable [][] chunks = new int[0][];
    private AtomicReferenceArray<int[]> resident = new AtomicReferenceArray<>(0);
    private int[] last = new int[64];
    private int size;

    Ints() {
        this(null);
    }

    /** In a file where there is one. */
    Ints(@Nullable Spill spill) {
        this.spill = spill;
    }

    /** Where the chunks go. */
    @Nullable
    Spill spill() {
        return spill;
    }

    void add(int value) {
        int at = size & Doubles.MASK;
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
    void add(int[] values, int count) {
        int from = 0;
        while (from < count) {
            add(values[from++]);
            int at = size & Doubles.MASK;
            int n = at == 0 ? 0 : Math.min(count - from, Doubles.CHUNK - at);
            if (n > last.length - at && last.length < Doubles.CHUNK) {
                grow(Math.max(2 * last.length, at + n));
            }
            System.arraycopy(values, from, last, at, n);
            from += n;
            size += n;
        }
    }

    private void begin() {
        if (spill == null) {
            last = new int[Doubles.CHUNK];
        } else {
            places.add(spill.write(last));
            full.set(full.size() - 1, null);
        }
        full.add(last);
    }

    private void grow(int length) {
        last = Arrays.copyOf(last, Math.min(Doubles.CHUNK, length));
        full.set(full.size() - 1, last);
    }

    Ints seal() {
        chunks = full.toArray(new int[0][]);
        resident = new AtomicReferenceArray<>(spill == null ? 0 : chunks.length);
        return this;
    }

    int size() {
        return size;
    }

    int get(int i) {
        return chunk(i >>> Doubles.BITS)[i & Doubles.MASK];
    }

    /** Values {@code c · CHUNK …}; those behind {@link #size()} mean nothing. Not copied: do not modify. */
    int[] chunk(int c) {
        int[] chunk = chunks[c];
        return chunk != null ? chunk : spilled(c);
    }

    private int[] spilled(int c) {
        int[] chunk = resident.get(c);
        if (chunk == null && spill != null) {
            chunk = spill.ints(places.get(c));
            resident.set(c, chunk);
            spill.resides(this, c);
        }
        return chunk;
    }

    @Override
    public void forget(int index) {
        resident.set(index, null);
    }

    /** Smallest value. */
    int min() {
        int min = Integer.MAX_VALUE;
        for (int c = 0; c < chunks.length; c++) {
            int[] chunk = chunk(c);
            int n = Math.min(chunk.length, size - c * Doubles.CHUNK);
            for (int i = 0; i < n; i++) {
                min = Math.min(min, chunk[i]);
            }
        }
        return min;
    }

    /** {@code counts[v] += } how often {@code v ≥ 0} is there. */
    void count(long[] counts) {
        for (int c = 0; c < chunks.length; c++) {
            int[] chunk = chunk(c);
            int n = Math.min(chunk.length, size - c * Doubles.CHUNK);
            for (int i = 0; i < n; i++) {
                if (chunk[i] >= 0) {
                    counts[chunk[i]]++;
                }
            }
        }
    }

    /** {@code out[i] ← value at rows[i]}, {@code i < count}; {@code rows} ascending. */
    void gather(int[] rows, int count, int[] out) {
        if (count > 0
                && rows[count - 1] - rows[0] == count - 1
                && rows[0] >>> Doubles.BITS == rows[count - 1] >>> Doubles.BITS) {
            System.arraycopy(chunk(rows[0] >>> Doubles.BITS), rows[0] & Doubles.MASK, out, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[i] = get(rows[i]);
        }
    }

    /** Replaces every value {@code v ≥ 0} by {@code map[v]}; before anybody else reads. */
    void remap(int[] map) {
        for (int c = 0; c < chunks.length; c++) {
            int[] chunk = chunk(c);
            int n = Math.min(chunk.length, size - c * Doubles.CHUNK);
            for (int i = 0; i < n; i++) {
                if (chunk[i] >= 0) {
                    chunk[i] = map[chunk[i]];
                }
            }
            if (chunks[c] == null && spill != null) {
                spill.rewrite(chunk, places.get(c));
            }
        }
    }
}
