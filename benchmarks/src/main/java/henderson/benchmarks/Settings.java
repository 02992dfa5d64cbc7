package henderson.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What to run, and how often.
 *
 * @param home      folder of the project
 * @param folder    for data and results
 * @param workloads in their order
 * @param peers     names of those wanted
 * @param modes     {@code WARM}, {@code COLD} or both
 * @param rounds    times that all programs are run in turn
 * @param repeats   times taken in one process of Henderson
 * @param warmUp    CPU seconds of fits that are not counted, in one process of Henderson
 * @param threads   numbers of threads to compare in a warm process; the first is that of the bars, 1
 * @param scale     factor on the number of groups
 * @param peerLimit seconds after which a peer is stopped
 * @param once      seconds of one call after which a peer is not run in further rounds
 * @param limit     seconds after which Henderson is stopped
 */
record Settings(
        Path home,
        Path folder,
        List<Workload> workloads,
        Set<String> peers,
        Set<Measurement.Mode> modes,
        int rounds,
        int repeats,
        double warmUp,
        List<Integer> threads,
        double scale,
        double peerLimit,
        double once,
        double limit) {}
