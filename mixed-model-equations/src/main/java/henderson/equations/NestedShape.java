package henderson.equations;

import java.util.Arrays;

/** Sizes of a nested model, and which groups a leaf of the fold holds. */
final class NestedShape {
    /** Groups of the inner factor in a leaf, about. */
    private static final int LEAF = 8192;

    final NestedSums sums;
    /** The outermost factor. */
    final NestedSums.Level top;

    final boolean two;
    final int w;
    final int p;
    /** Lanes of a workspace. */
    final int lanes;
    /** First group of the outermost factor of each leaf; the last entry is their number. */
    final int[] topStart;
    /** First group of the inner factor within each of the outermost. */
    final int[] innerStart;

    NestedShape(NestedSums sums) {
        this.sums = sums;
        this.two = sums.outer() != null;
        this.top = sums.outer() != null ? sums.outer() : sums.inner();
        this.p = sums.border().p;
        this.w = p + 1;
        this.innerStart = new int[two ? top.nodes() + 1 : 0];
        int nodes = sums.inner().nodes();
        for (int i = 0; two && i < nodes; i++) {
            innerStart[sums.inner().parent()[i] + 1]++;
        }
        for (int i = 1; i < innerStart.length; i++) {
            innerStart[i] += innerStart[i - 1];
        }
        int[] starts = new int[nodes / LEAF + 2];
        int count = 0;
        for (int i = 0; i < top.nodes(); i++) {
            int at = two ? innerStart[i] : i;
            int began = count == 0 ? 0 : two ? innerStart[starts[count - 1]] : starts[count - 1];
            if (count == 0 || at - began >= LEAF) {
                starts[count++] = i;
            }
        }
        starts[count] = top.nodes();
        this.topStart = Arrays.copyOf(starts, count + 1);
        this.lanes = Math.min(Lanes.WIDTH, nodes);
    }

    int leaves() {
        return topStart.length - 1;
    }

    /** Most groups of the outermost factor in a leaf. */
    int mostTops() {
        int most = 0;
        for (int i = 0; i < leaves(); i++) {
            most = Math.max(most, topStart[i + 1] - topStart[i]);
        }
        return most;
    }
}
