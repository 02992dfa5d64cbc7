package henderson.benchmarks;

import henderson.api.HendersonException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code benchmarks/run}. */
@Command(
        name = "benchmarks/run",
        description = "Times Henderson and its peers on the same data, in turn, and prints tables."
                + " Also writes results.txt, .md, .json and .svg.",
        mixinStandardHelpOptions = false,
        usageHelpWidth = 100)
final class Run implements Callable<Integer> {
    private static final int BAD_INPUT = 1;

    @Option(names = "--workloads", split = ",", paramLabel = "NAME", description = "Which (default: all); see --list.")
    private List<String> workloads = new ArrayList<>();

    @Option(names = "--list", description = "Print the workloads and their peers, and end.")
    private boolean list;

    @Option(names = "--folder", description = "For data and results (default: target/benchmarks).")
    private @Nullable Path folder;

    @Option(names = "--rounds", description = "Times that all programs run in turn (default: ${DEFAULT-VALUE}).")
    private int rounds = 2;

    @Option(names = "--repeats", description = "Times taken in a warm process (default: ${DEFAULT-VALUE}).")
    private int repeats = 5;

    @Option(names = "--warm-up", description = "CPU seconds not counted in a warm process (default: ${DEFAULT-VALUE}).")
    private double warmUp = 4;

    @Option(names = "--scale", description = "Factor on the number of groups of generated data (default: 1).")
    private double scale = 1;

    @Option(names = "--peers", split = ",", paramLabel = "NAME", description = "Which, or none (default: all).")
    private @Nullable List<String> peers;

    @Option(names = "--modes", split = ",", paramLabel = "MODE", description = "warm, cold (default: both).")
    private List<String> modes = List.of("warm", "cold");

    @Option(names = "--threads", split = ",", description = "Of warm fits to compare (default: 1 and 2).")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--peer-limit", description = "Seconds for one process of a peer (default: ${DEFAULT-VALUE}).")
    private double peerLimit = 600;

    @Option(
            names = "--peer-once",
            description =
                    "A peer that takes more seconds is not run again in later rounds (default: ${DEFAULT-VALUE}).")
    private double peerOnce = 60;

    @Option(names = "--limit", description = "Seconds for one process of Henderson (default: ${DEFAULT-VALUE}).")
    private double limit = 1800;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private final PrintStream out;

    private Run(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(new Run(out));
        line.setExecutionExceptionHandler((e, ignored, result) -> {
            if (e instanceof HendersonException known) {
                System.err.println(known.describe());
                return BAD_INPUT;
            }
            throw e;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path home = Path.of(System.getProperty("henderson.home", "."))
                .toAbsolutePath()
                .normalize();
        List<Workload> wanted = Workloads.named(workloads, home);
        if (list) {
            print(wanted);
            return 0;
        }
        Settings settings = new Settings(
                home,
                folder == null ? home.resolve("target/benchmarks") : folder.toAbsolutePath(),
                wanted,
                peers(),
                modes(),
                positive("--rounds", rounds),
                positive("--repeats", repeats),
                warmUp,
                threads(),
                scale(),
                peerLimit,
                peerOnce,
                limit);
        Files.createDirectories(settings.folder());
        out.print(Report.text(new Harness(settings, System.err).run()));
        out.println("\nAlso in " + settings.folder() + ": results.txt, results.md, results.json, results.svg");
        return 0;
    }

    private void print(List<Workload> wanted) {
        TextTable table = new TextTable("name", "workload", "peers");
        wanted.forEach(each -> table.row(
                each.name(),
                each.title(),
                String.join(", ", each.peers().stream().map(Peer::name).toList())));
        out.print(table.plain());
    }

    private Set<String> peers() {
        Set<String> known = new TreeSet<>();
        Workloads.named(List.of(), Path.of("")).forEach(each -> each.peers().forEach(peer -> known.add(peer.name())));
        if (peers == null) {
            return known;
        }
        if (peers.equals(List.of("none"))) {
            return Set.of();
        }
        for (String name : peers) {
            if (!known.contains(name)) {
                throw new HendersonException(
                        "No peer is named '" + name + "'. Known: " + String.join(", ", known) + ".", "Maybe none.");
            }
        }
        return new TreeSet<>(peers);
    }

    private Set<Measurement.Mode> modes() {
        Set<Measurement.Mode> chosen = EnumSet.noneOf(Measurement.Mode.class);
        for (String mode : modes) {
            if (!mode.equals("warm") && !mode.equals("cold")) {
                throw new HendersonException("The mode is '" + mode + "'; it must be warm or cold.");
            }
            chosen.add(Measurement.Mode.valueOf(mode.toUpperCase(Locale.ROOT)));
        }
        return chosen;
    }

    private List<Integer> threads() {
        threads.forEach(number -> positive("--threads", number));
        return threads.contains(1) ? threads : prepend(threads);
    }

    private static List<Integer> prepend(List<Integer> others) {
        List<Integer> all = new ArrayList<>(List.of(1));
        all.addAll(others);
        return all;
    }

    private double scale() {
        if (!(scale > 0 && scale <= 100)) {
            throw new HendersonException("The scale is " + scale + "; it must be positive and at most 100.");
        }
        return scale;
    }

    private static int positive(String option, int value) {
        if (value < 1) {
            throw new HendersonException(option + " is " + value + "; it must be 1 or more.");
        }
        return value;
    }
}
