package henderson.benchmarks.kernels;

import henderson.benchmarks.PreparedWorkload;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** One evaluation of the objective of typical linear models, and one with the gradient. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EvaluationKernels {
    /** As in {@code benchmarks/run}. */
    @Param({"sleepstudy", "slope", "intercept", "three-levels", "ar1", "arma", "visits-500", "insteval"})
    public String workload = "";

    /** Factor on the number of groups of generated data. */
    @Param("1")
    public double scale;

    private @Nullable Evaluations evaluations;

    /** Reads and condenses. */
    @Setup
    public void prepare() {
        evaluations = Evaluations.of(PreparedWorkload.of(workload, scale));
    }

    private Evaluations evaluations() {
        if (evaluations == null) {
            throw new IllegalStateException("not prepared");
        }
        return evaluations;
    }

    /** {@code d}. */
    @Benchmark
    public double objective() {
        return evaluations().value(evaluations().next());
    }

    /** {@code d} and its gradient. */
    @Benchmark
    public double[] gradient() {
        return evaluations().gradient(evaluations().next());
    }
}
