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

    /** Adds the first {@code count} of some values. */
    void add(int[] values, int count) {
        int from = 0;
        while (from < count) {
            add(values[from++]);
            int at = size & Doubles.MASK;
            int n = at == 0 ? 0 : Math.min(count - from, Doubles.CHUNK - at);
            if (n > last.length - at && last.length < Doubles.CHUNK) {
                last = Arrays.copyOf(last, Math.min(Doubles.CHUNK, Math.max(2 * last.length, at + n)));
                full.set(full.size() - 1, last);
            }
            System.arraycopy(values, from, last, at, n);
            from += n;
            size += n;
        }
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
