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

/** Whole fits, from a table in memory to the fit with its standard errors, by one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class Fits {
    /** As in {@code benchmarks/run}. */
    @Param({
        "sleepstudy",
        "slope",
        "intercept",
        "three-levels",
        "ar1",
        "arma",
        "visits-500",
        "visits-20000",
        "logistic-laplace",
        "logistic-agq7",
        "poisson",
        "verbagg",
        "insteval"
    })
    public String workload = "";

    /** Factor on the number of groups of generated data. */
    @Param("1")
    public double scale;

    private @Nullable PreparedWorkload prepared;

    /** Reads the data. */
    @Setup
    public void prepare() {
        prepared = PreparedWorkload.of(workload, scale);
    }

    /** Table → fit. */
    @Benchmark
    public Object fit() {
        if (prepared == null) {
            throw new IllegalStateException("not prepared");
        }
        return prepared.fit();
    }
}
