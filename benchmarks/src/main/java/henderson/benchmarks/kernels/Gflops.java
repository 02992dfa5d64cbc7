package henderson.benchmarks.kernels;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Floating-point operations per second of the dense kernels, in billions, a minute for all: CPU time of one warm thread, the
 * best of several windows. For seeing at a glance whether this Java compiles them well; it judges nothing.
 */
final class Gflops {
    private static final double WINDOW = 0.03;
    private static final int WINDOWS = 7;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Gflops() {}

    /** @param orders of matrices; a kernel that would need more than about a second is left out */
    static void print(Consumer<String> line, int... orders) {
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-10s%-14s", "GFLOP/s", "n ="));
        for (int n : orders) {
            head.append(String.format(Locale.ROOT, "%9d", n));
        }
        line.accept(head.toString());
        for (DenseOperation operation : DenseOperation.values()) {
            for (DenseLibrary library : DenseLibrary.ALL) {
                line.accept(row(operation, library, orders));
            }
        }
    }

    private static String row(DenseOperation operation, DenseLibrary library, int... orders) {
        String name = operation.name().toLowerCase(Locale.ROOT);
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-10s%-14s", name, library.name()));
        for (int n : orders) {
            Double rate = rate(operation, library, n);
            row.append(rate == null ? "        –" : String.format(Locale.ROOT, "%9.2f", rate));
        }
        return row.toString();
    }

    private static @Nullable Double rate(DenseOperation operation, DenseLibrary library, int n) {
        if (operation.flops(n) > 3e9) {
            return null;
        }
        Task task = library.task(operation, new DenseInput(n));
        if (task == null) {
            return null;
        }
        int runs = 1;
        double seconds = seconds(task, runs);
        // compiled code settles after some windows
        for (int k = 0; k < 4 * WINDOWS && seconds < WINDOW; k++) {
            runs = (int) Math.min(1e7, Math.ceil(runs * Math.min(8, WINDOW / Math.max(seconds, 1e-6))));
            seconds = seconds(task, runs);
        }
        double best = Double.POSITIVE_INFINITY;
        for (int k = 0; k < WINDOWS; k++) {
            best = Math.min(best, seconds(task, runs) / runs);
        }
        return operation.flops(n) / best * 1e-9;
    }

    private static double seconds(Task task, int runs) {
        long began = THREADS.getCurrentThreadCpuTime();
        for (int k = 0; k < runs; k++) {
            task.run();
        }
        return (THREADS.getCurrentThreadCpuTime() - began) * 1e-9;
    }
}
