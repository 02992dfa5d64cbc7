package henderson.structures;

import java.util.Arrays;

/**
 * Working memory of a thread, for recursions that carry a state from row to row. It is kept from call to call and grows
 * only; whoever takes it calls nobody else who might.
 */
final class Scratch {
    private static final ThreadLocal<double[]> MEMORY = ThreadLocal.withInitial(() -> new double[256]);

    private Scratch() {}

    /** At least {@code size} numbers, the first {@code size} of them zero. */
    static double[] zeros(int size) {
        double[] out = MEMORY.get();
        if (out.length < size) {
            out = new double[Math.max(size, 2 * out.length)];
            MEMORY.set(out);
        }
        Arrays.fill(out, 0, size, 0);
        return out;
    }
}
