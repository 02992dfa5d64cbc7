package henderson.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A growing sequence of ints, in chunks. */
final class Ints {
    private final List<int[]> full = new ArrayList<>();
    private int[][] chunks = new int[0][];
    private int[] last = new int[64];
    private int size;

    void add(int value) {
        int at = size & Doubles.MASK;
        if (at == 0 && size > 0) {
            last = new int[Doubles.CHUNK];
            full.add(last);
        } else if (at == last.length) {
            last = Arrays.copyOf(last, Math.min(Doubles.CHUNK, 2 * at));
            full.set(full.size() - 1, last);
        } else if (size == 0) {
            full.add(last);
        }
        last[at] = value;
        size++;
    }

    Ints seal() {
        chunks = full.toArray(new int[0][]);
        return this;
    }

    int size() {
        return size;
    }

    int get(int i) {
        return chunks[i >>> Doubles.BITS][i & Doubles.MASK];
    }

    /** Values {@code c · CHUNK …}; those behind {@link #size()} mean nothing. Not copied: do not modify. */
    int[] chunk(int c) {
        return chunks[c];
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

    /** Replaces every value {@code v ≥ 0} by {@code map[v]}. */
    void remap(int[] map) {
        for (int c = 0; c < chunks.length; c++) {
            int[] chunk = chunks[c];
            int n = Math.min(chunk.length, size - c * Doubles.CHUNK);
            for (int i = 0; i < n; i++) {
                if (chunk[i] >= 0) {
                    chunk[i] = map[chunk[i]];
                }
            }
        }
    }
}
