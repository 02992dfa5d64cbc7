package henderson.benchmarks;

import henderson.benchmarks.Measurement.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All measurements of a run, those of later rounds joined to earlier ones, with what they were made on. */
final class Results {
    private record Key(String workload, String program, Mode mode, int threads) {}

    private final List<Workload> workloads;
    private final Map<String, String> machine;
    private final Map<Key, Measurement> measurements = new LinkedHashMap<>();

    /**
     * @param workloads those of the run
     * @param machine   what it was made on and with: name and value
     */
    Results(List<Workload> workloads, Map<String, String> machine) {
        this.workloads = List.copyOf(workloads);
        this.machine = new LinkedHashMap<>(machine);
    }

    List<Workload> workloads() {
        return workloads;
    }

    Map<String, String> machine() {
        return machine;
    }

    void add(Measurement m) {
        measurements.merge(new Key(m.workload(), m.program(), m.mode(), m.threads()), m, Measurement::and);
    }

    @Nullable
    Measurement of(Workload workload, String program, Mode mode, int threads) {
        return measurements.get(new Key(workload.name(), program, mode, threads));
    }

    /** Of one workload and mode on one thread: Henderson's first, then the peers'. */
    List<Measurement> of(Workload workload, Mode mode) {
        List<Measurement> found = new ArrayList<>();
        for (Measurement m : measurements.values()) {
            if (m.workload().equals(workload.name()) && m.mode() == mode && m.threads() == 1) {
                found.add(m.program().equals(OwnRuns.PROGRAM) ? 0 : found.size(), m);
            }
        }
        return found;
    }

    List<Measurement> all() {
        return List.copyOf(measurements.values());
    }

    /** What came of every bar. */
    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (Workload workload : workloads) {
            for (Bar bar : workload.bars()) {
                verdicts.add(Verdict.of(this, workload, bar));
            }
        }
        return verdicts;
    }
}
