package henderson.structures;

/** Questions about lists of positions. */
final class Indices {
    private Indices() {}

    /** The first place at which position {@code at[i]} stands. */
    static int first(int[] at, int i) {
        int j = 0;
        while (at[j] != at[i]) {
            j++;
        }
        return j;
    }

    /** How many different positions there are. */
    static int distinct(int[] at) {
        int count = 0;
        for (int i = 0; i < at.length; i++) {
            count += first(at, i) == i ? 1 : 0;
        }
        return count;
    }

    /** Whether every one of {@code q} positions stands exactly once, in any order. */
    static boolean isPermutation(int[] at, int q) {
        return at.length == q && distinct(at) == q;
    }

    /** The largest position. */
    static int largest(int[] at) {
        int out = -1;
        for (int a : at) {
            out = Math.max(out, a);
        }
        return out;
    }
}
