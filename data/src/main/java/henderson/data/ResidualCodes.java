package henderson.data;

/** Residual group and position of used rows. */
interface ResidualCodes {
    /** {@code out ←} residual groups of {@code count} used rows from {@code from} on. Modified. */
    void groups(int from, int count, int[] out);

    /** {@code out ←} their positions; −1 for one that the structure does not know. Modified. */
    void positions(int from, int count, int[] out);
}
