package henderson.api;

/**
 * A sum over leaves. Each leaf starts from {@link #create()}; two neighbours of the tree are merged left to right. After
 * {@code merge(into, from)}, {@code from} is not used again and may be handed out by a later {@code create()}.
 */
public interface Fold<A> {
    /** An empty accumulator; called from any thread. */
    A create();

    /** Adds leaf {@code leaf}. Different leaves may run at once. */
    void accumulate(int leaf, A into);

    /** {@code into ← into + from}. */
    void merge(A into, A from);
}
