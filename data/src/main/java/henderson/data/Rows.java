package henderson.data;

import java.util.BitSet;

/** Rows of a table that are used, in batches. */
final class Rows {
    static final int BATCH = 4096;

    private final BitSet used;
    private final int count;
    /** Whether they are the first rows. */
    private final boolean first;

    Rows(BitSet used) {
        this.used = used;
        this.count = used.cardinality();
        this.first = used.length() == count;
    }

    /** The first n rows of a table. */
    static Rows all(int n) {
        BitSet all = new BitSet(n);
        all.set(0, n);
        return new Rows(all);
    }

    int count() {
        return count;
    }

    /** Whether these are all rows of a table of {@code rows} rows. */
    boolean areAll(int rows) {
        return count == rows;
    }

    /** Those whose code is {@code wanted}; codes are by row of this list. */
    Rows where(int[] codes, int wanted) {
        BitSet some = new BitSet();
        int next = 0;
        for (int r = used.nextSetBit(0); r >= 0; r = used.nextSetBit(r + 1)) {
            if (codes[next++] == wanted) {
                some.set(r);
            }
        }
        return new Rows(some);
    }

    /** All of them, ascending. */
    int[] toArray() {
        return used.stream().toArray();
    }

    /** What is done with a batch. */
    interface Action {
        void accept(int[] rows, int count);
    }

    void forEachBatch(Action action) {
        int[] rows = new int[BATCH];
        int at = 0;
        while (true) {
            int n = batch(at, rows);
            if (n == 0) {
                return;
            }
            action.accept(rows, n);
            at = rows[n - 1] + 1;
        }
    }

    /** {@code rows ←} the next used rows from row {@code from} on; returns how many, 0 at the end. */
    int batch(int from, int[] rows) {
        if (first) {
            int left = Math.max(0, Math.min(count - from, rows.length));
            for (int i = 0; i < left; i++) {
                rows[i] = from + i;
            }
            return left;
        }
        int n = 0;
        for (int r = used.nextSetBit(from); r >= 0 && n < rows.length; r = used.nextSetBit(r + 1)) {
            rows[n++] = r;
        }
        return n;
    }
}
