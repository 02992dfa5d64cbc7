package henderson.benchmarks;

import henderson.benchmarks.Measurement.Mode;
import henderson.benchmarks.Measurement.Status;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Made-up measurements. */
final class Samples {
    static final Workload FAST =
            workload("fast", "a fast one", List.of(Bar.warm("lmer", 50), Bar.cold("lmer", 3), Bar.warm("mmrm", 10)));
    static final Workload SLOW = workload("slow", "a slow one", List.of(Bar.warm("lmer", 15), Bar.cold("lmer", 8)));
    static final Workload LARGE = workload(
            "large", "a large file", List.of(new Bar(Bar.Kind.READING, "", 1.5), new Bar(Bar.Kind.MEMORY, "", 1024)));
    static final Workload COMMAND = workload("command", "by command", List.of(Bar.warm("lmer", 200)))
            .byCommand("bootstrap", "--replicates", "10");

    private Samples() {}

    private static Workload workload(String name, String title, List<Bar> bars) {
        return Workload.fit(
                name,
                title,
                new DataFile(name, (file, scale) -> {}),
                ModelText.linear("y ~ 1"),
                List.of(),
                bars.toArray(Bar[]::new));
    }

    static Results results() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", "A processor <fast & new>");
        machine.put("R", "4.2.2");
        Results results = new Results(List.of(FAST, SLOW, LARGE, COMMAND), machine);
        results.add(own(FAST, Mode.WARM, 1, -10, "aa", 0.001, 0.003, 0.002));
        results.add(own(FAST, Mode.WARM, 2, -10, "aa", 0.001));
        results.add(peer(FAST, "lmer", Mode.WARM, -10, 0.4, 0.2));
        results.add(Measurement.without("fast", "mmrm", Mode.WARM, 1, Status.ABSENT, "mmrm is not installed"));
        results.add(own(FAST, Mode.COLD, 1, -10, "", 0.5));
        results.add(peer(FAST, "lmer", Mode.COLD, Double.NaN, 2.5));
        results.add(own(SLOW, Mode.WARM, 1, -20, "bb", 2));
        results.add(own(SLOW, Mode.WARM, 2, -20, "cc", 2));
        results.add(peer(SLOW, "lmer", Mode.WARM, -20, 10));
        results.add(own(SLOW, Mode.COLD, 1, -20, "", 4));
        results.add(new Measurement(
                "slow",
                "lmer",
                Mode.COLD,
                1,
                Status.STOPPED,
                "",
                List.of(),
                List.of(600.0),
                List.of(),
                Double.NaN,
                "",
                0,
                List.of()));
        results.add(own(LARGE, Mode.COLD, 1, -30, "", 6));
        results.add(own(LARGE, Mode.READING, 1, Double.NaN, "", 5));
        results.add(Measurement.without(
                "command", "henderson", Mode.COLD, 1, Status.NOT_OFFERED, "Unmatched argument: 'bootstrap'"));
        results.add(peer(COMMAND, "lmer", Mode.WARM, Double.NaN, 230));
        return results;
    }

    static Measurement own(
            Workload workload, Mode mode, int threads, double logLikelihood, String digest, double... seconds) {
        return new Measurement(
                workload.name(),
                OwnRuns.PROGRAM,
                mode,
                threads,
                Status.MEASURED,
                "",
                boxed(seconds),
                boxed(seconds),
                List.of(1500.0),
                logLikelihood,
                "converged",
                7,
                digest.isEmpty() ? List.of() : List.of(digest));
    }

    static Measurement peer(Workload workload, String name, Mode mode, double logLikelihood, double... seconds) {
        return new Measurement(
                workload.name(),
                name,
                mode,
                1,
                Status.MEASURED,
                "",
                boxed(seconds),
                boxed(seconds),
                List.of(300.0),
                logLikelihood,
                "",
                0,
                List.of());
    }

    private static List<Double> boxed(double[] seconds) {
        return Arrays.stream(seconds).boxed().toList();
    }
}
