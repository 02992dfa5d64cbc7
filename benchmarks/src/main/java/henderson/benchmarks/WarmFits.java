package henderson.benchmarks;

import com.google.gson.Gson;
import henderson.api.Convergence;
import henderson.api.Fit;
import henderson.data.Table;
import henderson.framework.Henderson;
import henderson.inference.BootstrapOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fits one workload again and again in this process, from a table in memory to the fit with its standard errors. The first
 * fits are not counted: as many as take some seconds of CPU time, which a busy machine does not shorten.
 */
final class WarmFits {
    /** A time is of as many fits as take this long, seconds: clocks are coarse. */
    private static final double SAMPLE = 0.02;
    /** No further time is taken after this many seconds. */
    private static final double ENOUGH = 60;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Henderson henderson = Henderson.create();
    private final ModelText text;
    private final int threads;
    /** Of each fit; null for none. */
    private final @Nullable BootstrapOptions bootstrap;

    private final Table table;

    /**
     * What was measured.
     *
     * @param cpu           CPU seconds of the fitting thread, one a sample
     * @param elapsed       seconds, one a sample
     * @param logLikelihood of the fit
     * @param convergence   how it ended
     * @param evaluations   objective values it took
     * @param digest        of the bits of all estimates
     */
    record Result(
            List<Double> cpu,
            List<Double> elapsed,
            double logLikelihood,
            String convergence,
            int evaluations,
            String digest) {}

    /** A fit, and what a bootstrap of it made, where there is one. */
    private record Done(Fit fit, double[][] replicates) {}

    private record Span(Done done, double cpu, double elapsed) {}

    private WarmFits(ModelText text, int replicates, Path file, int threads) {
        this.text = text;
        this.threads = threads;
        this.bootstrap = replicates == 0
                ? null
                : BootstrapOptions.DEFAULT.withReplicates(replicates).withThreads(threads);
        this.table = henderson.read(file);
    }

    /** A process of its own: {@code WORKLOAD HOME FILE SAMPLES THREADS WARM-UP}; prints the result as one line of JSON. */
    public static void main(String[] arguments) {
        Workload workload =
                Workloads.named(List.of(arguments[0]), Path.of(arguments[1])).get(0);
        Result result = measure(
                workload.model(),
                workload.replicates(),
                Path.of(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Double.parseDouble(arguments[5]));
        System.out.println(new Gson().toJson(result));
    }

    /**
     * Measures.
     *
     * @param replicates of a bootstrap behind each fit, 0 for none
     * @param samples    times wanted
     * @param warmUp     CPU seconds of fits that are not counted
     */
    static Result measure(ModelText text, int replicates, Path file, int samples, int threads, double warmUp) {
        return new WarmFits(text, replicates, file, threads).measure(samples, warmUp);
    }

    private Result measure(int samples, double warmUp) {
        Span last = fits(1);
        double warmed = last.cpu;
        while (warmed < warmUp) {
            last = fits(1);
            warmed += last.cpu;
        }
        int batch = (int) Math.max(1, Math.ceil(SAMPLE / last.cpu));
        double[] cpu = new double[samples];
        double[] elapsed = new double[samples];
        double total = 0;
        int taken = 0;
        while (taken < samples && total < ENOUGH) {
            last = fits(batch);
            cpu[taken] = last.cpu;
            elapsed[taken] = last.elapsed;
            total += last.cpu * batch;
            taken++;
        }
        Fit fit = last.done.fit;
        return new Result(
                boxed(cpu, taken),
                boxed(elapsed, taken),
                fit.logLikelihood(),
                name(fit.convergence()),
                fit.evaluations(),
                digest(fit, last.done.replicates));
    }

    /** A number of fits: the last one, and seconds for each. */
    private Span fits(int number) {
        long began = System.nanoTime();
        long used = THREADS.getCurrentThreadCpuTime();
        Done done = once();
        for (int k = 1; k < number; k++) {
            done = once();
        }
        double cpu = (THREADS.getCurrentThreadCpuTime() - used) * 1e-9 / number;
        return new Span(done, cpu, (System.nanoTime() - began) * 1e-9 / number);
    }

    private Done once() {
        Fit fit = henderson.fit(henderson.model(text.spec(henderson), table), text.options(threads));
        return new Done(
                fit,
                bootstrap == null
                        ? new double[0][]
                        : henderson.bootstrap(fit, bootstrap).replicates());
    }

    private static List<Double> boxed(double[] values, int length) {
        return Arrays.stream(values, 0, length).boxed().toList();
    }

    private static String name(Convergence convergence) {
        return convergence.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Equal for fits whose estimates, standard errors and predicted effects have the same bits. */
    static String digest(Fit fit, double[]... more) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        update(digest, fit.logLikelihood(), fit.sigma2());
        update(digest, fit.beta());
        update(digest, fit.betaCovariance().data);
        fit.parameters().forEach(parameter -> update(digest, parameter.estimate()));
        update(digest, fit.parameterCovariance().data);
        fit.effects().forEach(each -> update(digest, each.values()));
        for (double[] each : more) {
            update(digest, each);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static void update(MessageDigest digest, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
        for (double value : values) {
            bytes.putDouble(value);
        }
        digest.update(bytes.array());
    }
}
