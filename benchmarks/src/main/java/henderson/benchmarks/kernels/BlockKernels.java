package henderson.benchmarks.kernels;

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

/** Cholesky and selected inverse over patterns of blocks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BlockKernels {
    /** Groups, or levels of the smaller factor. */
    @Param({"1", "2", "3", "5", "16", "64", "256", "1128"})
    public int n;

    /** What is joined to what. */
    @Param
    public Pattern pattern = Pattern.GROUPS;

    /** Whose kernel. A dense one is not run on more than some thousand columns. */
    @Param({"henderson", "ejml-sparse", "ejml-dense"})
    public String library = "";

    private Task task = new SimpleTask(() -> "", () -> new double[0]);

    /** For each benchmark its own. */
    @Setup
    public void prepare(BenchmarkParams params) {
        BlockInput input = new BlockInput(pattern, n);
        if (library.equals("ejml-dense") && input.order() > 3000) {
            throw new IllegalStateException(library + " has no place for " + input.order() + " columns");
        }
        task = params.getBenchmark().endsWith("cholesky")
                ? BlockTasks.cholesky(library, input)
                : BlockTasks.inverse(library, input);
    }

    /** {@code M = RᵀR}. */
    @Benchmark
    public Object cholesky() {
        return task.run();
    }

    /** {@code M = RᵀR}, then {@code M⁻¹} on the pattern of R. */
    @Benchmark
    public Object selectedInverse() {
        return task.run();
    }
}
