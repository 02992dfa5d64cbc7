package henderson.api;

/**
 * Where sums over clusters are computed. The tree of merges depends on the number of leaves alone, so that every
 * implementation gives the same bits.
 */
public interface Clusters {
    /** Folds all leaves; see {@link Fold}. */
    <A> A fold(int leaves, Fold<A> fold);

    /** How many leaves may be worked on at once. */
    default int threads() {
        return 1;
    }
}
