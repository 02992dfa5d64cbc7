package henderson.benchmarks.kernels;

import henderson.framework.Henderson;
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

/** Whitening by each residual structure: by its own factor, by our dense one, by EJML's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WhiteningKernels {
    /** Largest number of times of a structure with a parameter for each pair. */
    static final int UNSTRUCTURED = 64;

    /** Times. */
    @Param({"1", "2", "3", "5", "16", "64", "256", "1128"})
    public int n;

    /** The structure. */
    @Param({
        "independent",
        "exchangeable",
        "ar",
        "ar2",
        "ma",
        "arma",
        "toeplitz",
        "banded",
        "exponential",
        "gaussian",
        "matern",
        "unstructured"
    })
    public String structure = "";

    /** Whose whitening. */
    @Param({"henderson", "henderson-dense", "ejml"})
    public String library = "";

    private Task task = new SimpleTask(() -> "", () -> new double[0]);

    /** Binds the structure. */
    @Setup
    public void prepare() {
        if (structure.equals("unstructured") && n > UNSTRUCTURED) {
            throw new IllegalStateException(structure + " has no place for " + n + " times");
        }
        task = WhiteningTasks.task(
                library, WhiteningTasks.bound(Henderson.create().registry(), structure, n), n);
    }

    /** New parameters, then six columns. */
    @Benchmark
    public Object whiten() {
        return task.run();
    }
}
