package henderson.benchmarks;

import com.google.gson.Gson;
import henderson.benchmarks.Measurement.Mode;
import henderson.benchmarks.Measurement.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs Henderson: in a warm process, as a command, and reading alone. */
final class OwnRuns {
    static final String PROGRAM = "henderson";

    private static final Pattern LOG_LIKELIHOOD = Pattern.compile("[Ll]og.*likelihood\\s*=\\s*(-?[0-9.]+)");
    private static final Pattern UNKNOWN = Pattern.compile("(?i)unknown option|unmatched argument|no command");

    private final Settings settings;
    private final Processes processes;

    OwnRuns(Settings settings, Processes processes) {
        this.settings = settings;
        this.processes = processes;
    }

    /** A process that fits again and again, on a number of threads. */
    Measurement warm(Workload workload, Path file, int threads) throws IOException {
        if (!workload.inProcess()) {
            return Measurement.without(
                    workload.name(), PROGRAM, Mode.WARM, threads, Status.NOT_OFFERED, "a command alone");
        }
        Processes.Outcome outcome = processes.run(
                java(
                        WarmFits.class,
                        workload.name(),
                        settings.home().toString(),
                        file.toString(),
                        String.valueOf(settings.repeats()),
                        String.valueOf(threads),
                        String.valueOf(settings.warmUp())),
                settings.limit());
        if (outcome.stopped() || outcome.status() != 0) {
            return ended(workload, Mode.WARM, threads, outcome);
        }
        WarmFits.Result result = new Gson().fromJson(outcome.output(), WarmFits.Result.class);
        return new Measurement(
                workload.name(),
                PROGRAM,
                Mode.WARM,
                threads,
                Status.MEASURED,
                "",
                result.cpu(),
                result.elapsed(),
                List.of(outcome.peak()),
                result.logLikelihood(),
                result.convergence(),
                result.evaluations(),
                List.of(result.digest()));
    }

    /** The command, as a user has it. */
    Measurement cold(Workload workload, Path file) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(settings.home().resolve(PROGRAM).toString());
        command.addAll(workload.arguments(file));
        return process(workload, Mode.COLD, processes.run(command, settings.limit()));
    }

    /** A process that only reads the file. */
    Measurement reading(Workload workload, Path file) throws IOException {
        return process(workload, Mode.READING, processes.run(java(ReadAlone.class, file.toString()), settings.limit()));
    }

    private static Measurement process(Workload workload, Mode mode, Processes.Outcome outcome) {
        // 3: fitted, but without a certificate
        if (outcome.stopped() || outcome.status() != 0 && outcome.status() != 3) {
            return ended(workload, mode, 1, outcome);
        }
        Matcher found = LOG_LIKELIHOOD.matcher(outcome.output());
        return new Measurement(
                workload.name(),
                PROGRAM,
                mode,
                1,
                Status.MEASURED,
                "",
                List.of(outcome.cpu()),
                List.of(outcome.elapsed()),
                List.of(outcome.peak()),
                found.find() ? Double.parseDouble(found.group(1)) : Double.NaN,
                outcome.status() == 3 ? "not certified" : "",
                0,
                List.of());
    }

    private static Measurement ended(Workload workload, Mode mode, int threads, Processes.Outcome outcome) {
        Status status = outcome.stopped()
                ? Status.STOPPED
                : UNKNOWN.matcher(outcome.errors()).find() ? Status.NOT_OFFERED : Status.FAILED;
        String remark = outcome.errors().strip().lines().findFirst().orElse("status " + outcome.status());
        return new Measurement(
                workload.name(),
                PROGRAM,
                mode,
                threads,
                status,
                outcome.stopped() ? "" : remark,
                List.of(),
                outcome.stopped() ? List.of(outcome.elapsed()) : List.of(),
                List.of(outcome.peak()),
                Double.NaN,
                "",
                0,
                List.of());
    }

    /** This Java, with the launcher's collector. */
    private static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
