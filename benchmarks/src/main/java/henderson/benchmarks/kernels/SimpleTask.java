package henderson.benchmarks.kernels;

import java.util.function.Supplier;

/** A task of two functions. */
record SimpleTask(Supplier<Object> work, Supplier<double[]> read) implements Task {
    @Override
    public Object run() {
        return work.get();
    }

    @Override
    public double[] result() {
        return read.get();
    }
}
