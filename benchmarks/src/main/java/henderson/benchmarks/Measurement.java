package henderson.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What one program took for one workload.
 *
 * @param workload      its name
 * @param program       {@code henderson}, or the peer's name
 * @param mode          how it was run
 * @param threads       that it could use
 * @param status        what came of it
 * @param remark        why there are no times, or what the times are of; empty where there is nothing to say
 * @param cpu           CPU seconds, one a sample
 * @param elapsed       elapsed seconds, one a sample
 * @param peak          largest resident memory of each process, MiB
 * @param logLikelihood reached; NaN where it is not known
 * @param convergence   how Henderson's search ended; empty for others
 * @param evaluations   objective values Henderson took; 0 where not known
 * @param digests       of the bits of Henderson's estimates, one a process
 */
record Measurement(
        String workload,
        String program,
        Mode mode,
        int threads,
        Status status,
        String remark,
        List<Double> cpu,
        List<Double> elapsed,
        List<Double> peak,
        double logLikelihood,
        String convergence,
        int evaluations,
        List<String> digests) {

    /** How a program is run. */
    enum Mode {
        /** One call in a process that has everything in memory. */
        WARM,
        /** A whole process. */
        COLD,
        /** A whole process that only reads the data. */
        READING
    }

    /** What came of it. */
    enum Status {
        MEASURED,
        /** Not on this machine. */
        ABSENT,
        /** Stopped at the limit: the times are least values. */
        STOPPED,
        /** The program has no such thing. */
        NOT_OFFERED,
        FAILED
    }

    /** Without times. */
    static Measurement without(String workload, String program, Mode mode, int threads, Status status, String remark) {
        return new Measurement(
                workload,
                program,
                mode,
                threads,
                status,
                remark,
                List.of(),
                List.of(),
                List.of(),
                Double.NaN,
                "",
                0,
                List.of());
    }

    /** With the samples of a later round; a round that failed hides none that did not. */
    Measurement and(Measurement later) {
        if (later.status != status) {
            return status == Status.MEASURED ? this : later;
        }
        return new Measurement(
                workload,
                program,
                mode,
                threads,
                status,
                later.remark,
                joined(cpu, later.cpu),
                joined(elapsed, later.elapsed),
                joined(peak, later.peak),
                later.logLikelihood,
                later.convergence,
                later.evaluations,
                joined(digests, later.digests));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    double medianCpu() {
        return median(cpu);
    }

    double medianElapsed() {
        return median(elapsed);
    }

    /** Largest of all processes, MiB; NaN where unknown. */
    double largestPeak() {
        return peak.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /** The middle value, or the mean of the two middle ones; NaN of none. */
    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
