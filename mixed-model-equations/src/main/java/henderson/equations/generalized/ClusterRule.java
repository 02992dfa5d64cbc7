package henderson.equations.generalized;

/** A rule of integration for one cluster at a time. A workspace of one thread. */
interface ClusterRule {
    /** Adds log-likelihood and derivatives of cluster c; false where they cannot be computed. */
    boolean add(int c, Sums sums);

    /** Adds clusters {@code from ≤ c < to}, of one leaf. */
    default boolean add(int from, int to, Sums sums) {
        boolean out = true;
        for (int c = from; c < to && out; c++) {
            out = add(c, sums);
        }
        return out;
    }
}
