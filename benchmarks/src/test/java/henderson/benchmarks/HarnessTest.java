package henderson.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import henderson.benchmarks.Measurement.Mode;
import henderson.benchmarks.Measurement.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarnessTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Settings settings(Workload workload, Set<String> peers) {
        return new Settings(
                HOME, folder, List.of(workload), peers, EnumSet.of(Mode.WARM), 1, 1, 0, List.of(1, 2), 1, 60, 60, 120);
    }

    private static Workload sleepstudy() {
        return Workloads.named(List.of("sleepstudy"), HOME).get(0);
    }

    @Test
    void one_workload_end_to_end() throws IOException {
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        Results results = new Harness(
                        settings(sleepstudy(), Set.of()), new PrintStream(progress, true, StandardCharsets.UTF_8))
                .run();
        Measurement one = results.of(sleepstudy(), "henderson", Mode.WARM, 1);
        Measurement two = results.of(sleepstudy(), "henderson", Mode.WARM, 2);
        assertThat(one).isNotNull();
        assertThat(two).isNotNull();
        assertThat(one.status()).as(one.remark()).isEqualTo(Status.MEASURED);
        assertThat(one.logLikelihood()).isCloseTo(-875.969672, within(1e-5));
        assertThat(one.convergence()).isEqualTo("converged");
        assertThat(Report.sameBits(one, two)).isEqualTo("yes");
        assertThat(one.medianCpu()).isPositive();
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("sleepstudy", "henderson");
        for (String form : List.of("txt", "md", "json", "svg")) {
            assertThat(folder.resolve("results." + form)).isNotEmptyFile();
        }
    }

    @Test
    void fits_in_this_process_are_timed() {
        WarmFits.Result result =
                WarmFits.measure(sleepstudy().model(), 0, HOME.resolve("validation/data/sleepstudy.csv"), 3, 1, 0.01);
        assertThat(result.cpu()).hasSize(3).allMatch(seconds -> seconds > 0);
        assertThat(result.elapsed()).hasSize(3);
        assertThat(result.evaluations()).isPositive();
    }

    @Test
    void a_bootstrap_is_timed_behind_its_fit() {
        Path file = HOME.resolve("validation/data/sleepstudy.csv");
        WarmFits.Result fit = WarmFits.measure(sleepstudy().model(), 0, file, 1, 1, 0.01);
        WarmFits.Result one = WarmFits.measure(sleepstudy().model(), 50, file, 1, 1, 0.01);
        WarmFits.Result two = WarmFits.measure(sleepstudy().model(), 50, file, 1, 2, 0.01);
        assertThat(one.digest()).isEqualTo(two.digest()).isNotEqualTo(fit.digest());
    }

    @Test
    void an_absent_library_is_told() throws IOException {
        Peer peer = Peer.r("nobody", "nosuchlibrary", "f()");
        PeerRuns runs = new PeerRuns(settings(sleepstudy(), Set.of()), new Processes(folder), Map.of("R", "4"));
        Measurement warm = runs.warm(sleepstudy(), peer, Path.of("a.csv"));
        assertThat(warm.status()).isEqualTo(Status.ABSENT);
        assertThat(warm.remark()).isEqualTo("nosuchlibrary is not installed");
        assertThat(runs.cold(sleepstudy(), peer, Path.of("a.csv")).status()).isEqualTo(Status.ABSENT);
    }

    @Test
    void a_peer_of_R_is_timed_warm_and_cold() throws IOException {
        Processes processes = new Processes(folder);
        Map<String, String> found = Language.R.found(Set.of("stats", "nosuchlibrary"), processes);
        assumeThat(found).as("R is there").containsKey("stats");
        assertThat(found).doesNotContainKey("nosuchlibrary");
        PeerRuns runs = new PeerRuns(settings(sleepstudy(), Set.of()), processes, found);
        Path data = HOME.resolve("validation/data/sleepstudy.csv");
        Peer lm = Peer.r("lm", "stats", "lm(Reaction ~ Days, data = data)");
        Measurement warm = runs.warm(sleepstudy(), lm, data);
        assertThat(warm.logLikelihood()).isCloseTo(-950.1465, within(1e-3));
        assertThat(warm.elapsed()).hasSizeGreaterThan(1);
        Measurement twice = runs.warm(sleepstudy(), lm.prepared("Sys.sleep(0)").times(1e6, "a million"), data);
        assertThat(twice.remark()).isEqualTo("a million");
        assertThat(runs.cold(sleepstudy(), lm, data).status()).isEqualTo(Status.MEASURED);
        Measurement failed = runs.warm(sleepstudy(), Peer.r("lm", "stats", "stop('never')"), data);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.remark()).startsWith("Error").contains("never");
    }

    @Test
    void a_process_is_timed_and_its_output_kept() throws IOException {
        Processes.Outcome outcome = new Processes(folder)
                .run(
                        List.of(
                                "sh",
                                "-c",
                                "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo done; echo bad >&2; exit 3"),
                        60);
        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.output()).isEqualTo("done\n");
        assertThat(outcome.error()).isEqualTo("bad");
        assertThat(outcome.elapsed()).isPositive();
        assertThat(outcome.cpu()).isPositive();
        assertThat(outcome.stopped()).isFalse();
    }

    @Test
    void a_process_is_stopped_at_the_limit_with_its_children() throws IOException {
        Processes.Outcome outcome = new Processes(folder).run(List.of("sh", "-c", "sleep 300 & echo $!; wait"), 1);
        assertThat(outcome.stopped()).isTrue();
        long child = Long.parseLong(outcome.output().strip());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive).map(ProcessHandle::info))
                .as("the child is gone, or waits to be buried")
                .matches(info -> info.isEmpty() || info.get().command().isEmpty());
        assertThat(outcome.elapsed()).isBetween(1.0, 60.0);
    }

    @Test
    void a_missing_program_is_told() throws IOException {
        assertThat(new Processes(folder).run(List.of("nosuchprogram"), 60).missing())
                .isTrue();
    }
}
