package henderson.benchmarks;

import henderson.benchmarks.Measurement.Mode;
import henderson.benchmarks.Measurement.Status;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Runs all programs on all workloads in turn, round after round, and writes what it found after each workload. */
final class Harness {
    private final Settings settings;
    private final PrintStream progress;
    private final OwnRuns own;
    private final PeerRuns peers;
    private final Results results;
    /** Runs that are not made again: long ones, and those that came to nothing. */
    private final Set<String> done = new HashSet<>();

    /**
     * @param progress for a line about each measurement
     */
    Harness(Settings settings, PrintStream progress) throws IOException {
        this.settings = settings;
        this.progress = progress;
        Processes processes = new Processes(settings.folder().resolve("scratch"));
        Map<String, String> versions = versions(settings, processes);
        own = new OwnRuns(settings, processes);
        peers = new PeerRuns(settings, processes, versions);
        results = new Results(settings.workloads(), facts(settings, versions));
    }

    Results run() throws IOException {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Workload workload : settings.workloads()) {
                progress.printf("round %d of %d: %s%n", round, settings.rounds(), workload.name());
                Path file = workload.data().in(settings.folder(), settings.scale());
                if (settings.modes().contains(Mode.WARM)) {
                    warm(workload, file);
                }
                if (settings.modes().contains(Mode.COLD)) {
                    cold(workload, file);
                }
                results.machine().put("load when done", Machine.load());
                write();
            }
        }
        return results;
    }

    /** The report in all its forms. */
    private void write() throws IOException {
        Path folder = settings.folder();
        Files.writeString(folder.resolve("results.txt"), Report.text(results));
        Files.writeString(folder.resolve("results.md"), Report.markdown(results));
        Files.writeString(folder.resolve("results.json"), JsonReport.write(results));
        Files.writeString(folder.resolve("results.svg"), SvgChart.write(results));
    }

    private void warm(Workload workload, Path file) throws IOException {
        for (int threads : settings.threads()) {
            once(key(workload, OwnRuns.PROGRAM, Mode.WARM, threads), () -> own.warm(workload, file, threads));
        }
        for (Peer peer : workload.peers()) {
            if (settings.peers().contains(peer.name())) {
                once(key(workload, peer.name(), Mode.WARM, 1), () -> peers.warm(workload, peer, file));
            }
        }
    }

    private void cold(Workload workload, Path file) throws IOException {
        once(key(workload, OwnRuns.PROGRAM, Mode.COLD, 1), () -> own.cold(workload, file));
        if (workload.needsReading()) {
            once(key(workload, OwnRuns.PROGRAM, Mode.READING, 1), () -> own.reading(workload, file));
        }
        for (Peer peer : workload.peers()) {
            boolean compared = workload.bars().stream()
                    .anyMatch(bar -> bar.kind() == Bar.Kind.COLD && bar.peer().equals(peer.name()));
            if (compared && settings.peers().contains(peer.name()) && !hopeless(workload, peer)) {
                once(key(workload, peer.name(), Mode.COLD, 1), () -> peers.cold(workload, peer, file));
            }
        }
    }

    /** Whether the call alone was stopped, so that a whole process would be too. */
    private boolean hopeless(Workload workload, Peer peer) {
        Measurement warm = results.of(workload, peer.name(), Mode.WARM, 1);
        if (warm == null || warm.status() != Status.STOPPED) {
            return false;
        }
        results.add(new Measurement(
                workload.name(),
                peer.name(),
                Mode.COLD,
                1,
                Status.STOPPED,
                "as the call alone",
                warm.cpu(),
                warm.elapsed(),
                warm.peak(),
                Double.NaN,
                "",
                0,
                warm.digests()));
        return true;
    }

    @FunctionalInterface
    private interface Run {
        Measurement measure() throws IOException;
    }

    private static String key(Workload workload, String program, Mode mode, int threads) {
        return workload.name() + " " + program + " " + mode + " " + threads;
    }

    private void once(String key, Run run) throws IOException {
        if (done.contains(key)) {
            return;
        }
        Measurement m = run.measure();
        results.add(m);
        boolean tooLong = !m.program().equals(OwnRuns.PROGRAM) && m.medianElapsed() > settings.once();
        if (tooLong || m.status() != Status.MEASURED) {
            done.add(key);
        }
        progress.printf(
                "  %-10s %-8s %d: %s%n",
                m.program(),
                m.mode(),
                m.threads(),
                m.status() == Status.MEASURED
                        ? Numbers.three(m.mode() == Mode.WARM ? m.medianCpu() : m.medianElapsed()) + " s"
                        : Verdict.word(m.status()) + " " + m.remark());
        progress.flush();
    }

    /** Versions of the wanted peers, by library, and of their languages. */
    private static Map<String, String> versions(Settings settings, Processes processes) throws IOException {
        Map<Language, Set<String>> wanted = new EnumMap<>(Language.class);
        for (Workload workload : settings.workloads()) {
            for (Peer peer : workload.peers()) {
                if (settings.peers().contains(peer.name())) {
                    wanted.computeIfAbsent(peer.language(), language -> new TreeSet<>())
                            .add(peer.library());
                }
            }
        }
        Map<String, String> versions = new LinkedHashMap<>();
        for (Map.Entry<Language, Set<String>> each : wanted.entrySet()) {
            versions.putAll(each.getKey().found(each.getValue(), processes));
        }
        return versions;
    }

    private static Map<String, String> facts(Settings settings, Map<String, String> versions) {
        Map<String, String> facts = Machine.facts();
        facts.putAll(versions);
        facts.put("rounds", settings.rounds() + ", each with " + settings.repeats() + " times of a warm process");
        if (settings.scale() != 1) {
            facts.put("scale", settings.scale() + ": generated data is not of the size that its title and bars say");
        }
        facts.put("load before", Machine.load());
        return facts;
    }
}
