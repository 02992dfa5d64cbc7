package henderson.equations;

import henderson.api.Clusters;
import henderson.api.Fold;

/** Folds on the calling thread, over the tree that {@link ThreadedClusters} uses too. */
public final class SequentialClusters implements Clusters {
    @Override
    public <A> A fold(int leaves, Fold<A> fold) {
        return leaves == 0 ? fold.create() : range(fold, 0, leaves);
    }

    /** Folds leaves {@code from ≤ leaf < to}. */
    static <A> A range(Fold<A> fold, int from, int to) {
        if (to - from == 1) {
            A leaf = fold.create();
            fold.accumulate(from, leaf);
            return leaf;
        }
        int middle = split(from, to);
        A left = range(fold, from, middle);
        A right = range(fold, middle, to);
        fold.merge(left, right);
        return left;
    }

    /** The left half of a range is the largest power of two smaller than it: the tree depends on its length alone. */
    static int split(int from, int to) {
        return from + Integer.highestOneBit(to - from - 1);
    }
}
