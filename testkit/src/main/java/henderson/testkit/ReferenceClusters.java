package henderson.testkit;

import henderson.api.Clusters;
import henderson.api.Fold;

/** The tree of merges that every {@link Clusters} must keep to, on the calling thread. */
public final class ReferenceClusters implements Clusters {
    /** The tree. */
    public ReferenceClusters() {}

    @Override
    public <A> A fold(int leaves, Fold<A> fold) {
        return leaves == 0 ? fold.create() : range(0, leaves, fold);
    }

    /** The left half has the largest power of two that is smaller than the length. */
    private static <A> A range(int from, int length, Fold<A> fold) {
        if (length == 1) {
            A leaf = fold.create();
            fold.accumulate(from, leaf);
            return leaf;
        }
        int half = 1;
        while (2 * half < length) {
            half *= 2;
        }
        A left = range(from, half, fold);
        fold.merge(left, range(from + half, length - half, fold));
        return left;
    }
}
