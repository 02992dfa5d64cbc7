package henderson.structures;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that is every combination of some left and some right indices, both ascending: one of the two varies slowly
 * from row to row, the other fast.
 *
 * @param left      left indices
 * @param right     right indices
 * @param leftIsFast whether the left index varies from row to row
 */
record Grid(int[] left, int[] right, boolean leftIsFast) {
    /** Null where the pattern is not such a grid. */
    static @Nullable Grid of(int[] left, int[] right) {
        Grid fast = build(right, left, true);
        return fast != null ? fast : build(left, right, false);
    }

    private static @Nullable Grid build(int[] slow, int[] fast, boolean leftIsFast) {
        int n = slow.length;
        int run = 1;
        while (run < n && slow[run] == slow[0]) {
            run++;
        }
        int[] fastValues = Arrays.copyOf(fast, run);
        int[] slowValues = new int[n / run];
        if (n % run != 0 || !Places.isAscending(fastValues)) {
            return null;
        }
        for (int i = 0; i < n; i++) {
            slowValues[i / run] = slow[i - i % run];
            if (slow[i] != slowValues[i / run] || fast[i] != fastValues[i % run]) {
                return null;
            }
        }
        if (!Places.isAscending(slowValues)) {
            return null;
        }
        return leftIsFast ? new Grid(fastValues, slowValues, true) : new Grid(slowValues, fastValues, false);
    }

    /** Number of left indices. */
    int lefts() {
        return left.length;
    }

    /** Number of right indices. */
    int rights() {
        return right.length;
    }

    /** Left number, within {@link #left}, of row i. */
    int leftOf(int i) {
        return leftIsFast ? i % left.length : i / right.length;
    }

    /** Right number of row i. */
    int rightOf(int i) {
        return leftIsFast ? i / left.length : i % right.length;
    }
}
