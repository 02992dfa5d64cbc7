package henderson.data;

/** Buffers of one batch, lent and given back in the order of a stack; one per thread. */
final class Scratch {
    private double[][] buffers = new double[4][];
    private int lent;

    double[] borrow() {
        if (lent == buffers.length) {
            buffers = java.util.Arrays.copyOf(buffers, 2 * lent);
        }
        if (buffers[lent] == null) {
            buffers[lent] = new double[Rows.BATCH];
        }
        return buffers[lent++];
    }

    void giveBack() {
        lent--;
    }
}
