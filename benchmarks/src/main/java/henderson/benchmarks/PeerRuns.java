package henderson.benchmarks;

import henderson.benchmarks.Measurement.Mode;
import henderson.benchmarks.Measurement.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs peers: one call in a process that has everything in memory, and whole processes. */
final class PeerRuns {
    private final Settings settings;
    private final Processes processes;
    private final Map<String, String> versions;

    /**
     * @param versions of languages and libraries that are on this machine
     */
    PeerRuns(Settings settings, Processes processes, Map<String, String> versions) {
        this.settings = settings;
        this.processes = processes;
        this.versions = versions;
    }

    /** One call, the data in memory. */
    Measurement warm(Workload workload, Peer peer, Path file) throws IOException {
        if (!versions.containsKey(peer.library())) {
            return absent(workload, peer, Mode.WARM);
        }
        Processes.Outcome outcome = run(peer, peer.language().warm(peer, file));
        String[] measured = outcome.output()
                .lines()
                .filter(line -> line.startsWith(Language.MARK + "\t"))
                .reduce((first, last) -> last)
                .orElse("")
                .split("\t");
        if (outcome.stopped() || measured.length < 4) {
            return ended(workload, peer, Mode.WARM, outcome);
        }
        return measured(
                workload,
                peer,
                Mode.WARM,
                outcome,
                seconds(measured[1], peer.factor()),
                seconds(measured[2], peer.factor()),
                Double.parseDouble(measured[3]));
    }

    /** What a user waits for. */
    Measurement cold(Workload workload, Peer peer, Path file) throws IOException {
        if (!versions.containsKey(peer.library())) {
            return absent(workload, peer, Mode.COLD);
        }
        Processes.Outcome outcome = run(peer, peer.language().cold(peer, file));
        if (outcome.stopped() || outcome.status() != 0) {
            return ended(workload, peer, Mode.COLD, outcome);
        }
        return measured(
                workload, peer, Mode.COLD, outcome, List.of(outcome.cpu()), List.of(outcome.elapsed()), Double.NaN);
    }

    private Processes.Outcome run(Peer peer, String script) throws IOException {
        return processes.run(peer.language().command(processes.script(script)), settings.peerLimit());
    }

    private static Measurement measured(
            Workload workload,
            Peer peer,
            Mode mode,
            Processes.Outcome outcome,
            List<Double> cpu,
            List<Double> elapsed,
            double logLikelihood) {
        return new Measurement(
                workload.name(),
                peer.name(),
                mode,
                1,
                Status.MEASURED,
                peer.meaning(),
                cpu,
                elapsed,
                List.of(outcome.peak()),
                logLikelihood,
                "",
                0,
                List.of());
    }

    /** Stopped at the limit: whatever it would have taken is more. */
    private static Measurement ended(Workload workload, Peer peer, Mode mode, Processes.Outcome outcome) {
        if (!outcome.stopped()) {
            return Measurement.without(workload.name(), peer.name(), mode, 1, Status.FAILED, outcome.error());
        }
        return new Measurement(
                workload.name(),
                peer.name(),
                mode,
                1,
                Status.STOPPED,
                "",
                List.of(),
                List.of(outcome.elapsed()),
                List.of(outcome.peak()),
                Double.NaN,
                "",
                0,
                List.of());
    }

    private static Measurement absent(Workload workload, Peer peer, Mode mode) {
        return Measurement.without(
                workload.name(), peer.name(), mode, 1, Status.ABSENT, peer.library() + " is not installed");
    }

    private static List<Double> seconds(String values, double factor) {
        return Arrays.stream(values.split(","))
                .map(value -> factor * Double.parseDouble(value))
                .toList();
    }
}
