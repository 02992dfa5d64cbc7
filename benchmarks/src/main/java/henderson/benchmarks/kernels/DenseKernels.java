package henderson.benchmarks.kernels;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Dense kernels at every order that matters, by every library; a library without a kernel ends with the words "has no". */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DenseKernels {
    /** Order of the matrix. */
    @Param({"1", "2", "3", "5", "16", "64", "256", "1128"})
    public int n;

    /** Whose kernel. */
    @Param({"henderson", "accelerated", "ejml", "ojalgo", "commons-math"})
    public String library = "";

    private Task task = new SimpleTask(() -> "", () -> new double[0]);

    /** For each benchmark, its operation: the benchmark's method has its name. */
    @Setup
    public void prepare(BenchmarkParams params) {
        String name = params.getBenchmark();
        DenseOperation operation =
                DenseOperation.valueOf(name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT));
        task = DenseLibrary.task(library, operation, new DenseInput(n));
    }

    /** {@code A = RᵀR}. */
    @Benchmark
    public Object potrf() {
        return task.run();
    }

    /** {@code A⁻¹}. */
    @Benchmark
    public Object inverse() {
        return task.run();
    }

    /** {@code R⁻ᵀB}. */
    @Benchmark
    public Object trsm() {
        return task.run();
    }

    /** {@code GᵀG}. */
    @Benchmark
    public Object syrk() {
        return task.run();
    }

    /** {@code GH}. */
    @Benchmark
    public Object gemm() {
        return task.run();
    }

    /** Eigenvalues and vectors of a symmetric matrix. */
    @Benchmark
    public Object eigen() {
        return task.run();
    }
}
