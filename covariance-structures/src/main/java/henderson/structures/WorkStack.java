package henderson.structures;

import java.util.ArrayDeque;

/**
 * Numbers to work on, one stack a thread: whitenings are read by many threads, and none may allocate once the stack of a
 * thread has grown to what it needs.
 */
final class WorkStack {
    private static final ThreadLocal<ArrayDeque<double[]>> STACK = ThreadLocal.withInitial(ArrayDeque::new);

    private WorkStack() {}

    /** At least {@code size} numbers, not cleared; give them back. */
    static double[] take(int size) {
        double[] top = STACK.get().pollLast();
        return top == null || top.length < size ? new double[size] : top;
    }

    /** Takes back what was taken last. */
    static void give(double[] numbers) {
        STACK.get().addLast(numbers);
    }
}
