package henderson.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs other programs, with the time and the memory they take. */
final class Processes {
    /** The shell's own clock: CPU time of a process that has ended, to a millisecond. */
    private static final String TIMED =
            "out=$1; err=$2; shift 2; TIMEFORMAT='%U %S %R'; time \"$@\" >\"$out\" 2>\"$err\"";

    private static final int MISSING = 127;

    private final Path folder;

    /**
     * @param folder for scripts and what programs print
     */
    Processes(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /**
     * How a program ended.
     *
     * @param status  its exit status
     * @param output  what it printed
     * @param errors  what it printed to standard error
     * @param cpu     seconds, user and system; NaN where no shell can tell
     * @param elapsed seconds
     * @param peak    largest resident memory of one of its processes, MiB; NaN where it cannot be read
     * @param stopped whether it was stopped at the limit
     */
    record Outcome(int status, String output, String errors, double cpu, double elapsed, double peak, boolean stopped) {
        /** Whether there is no such program. */
        boolean missing() {
            return status == MISSING;
        }

        /** What it printed to standard error, on one line: from the first mention of an error on, a hundred letters at most. */
        String error() {
            String line = errors.strip().replaceAll("\\s+", " ");
            int from = Math.max(0, line.indexOf("Error"));
            return line.substring(from, Math.min(line.length(), from + 100));
        }
    }

    /** Writes a script. */
    Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("script"), text);
    }

    /** Runs a program to its end, or stops it and all its children after a number of seconds. */
    Outcome run(List<String> command, double limit) throws IOException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> all = new ArrayList<>(List.of("bash", "-c", TIMED, "timed", out.toString(), err.toString()));
        all.addAll(command);
        Files.writeString(out, "");
        Files.writeString(err, "");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(all).start();
        process.getOutputStream().close();
        double peak = watch(process, began, limit);
        boolean stopped = process.isAlive();
        if (stopped) {
            stop(process);
        }
        double elapsed = (System.nanoTime() - began) * 1e-9;
        // who is stopped has no streams any more
        String printed = stopped ? "" : new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        double[] clock = clock(printed);
        return new Outcome(
                stopped ? -1 : process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8),
                clock[0],
                stopped || Double.isNaN(clock[1]) ? elapsed : clock[1],
                peak == 0 ? Double.NaN : peak,
                stopped);
    }

    /** Waits, looking at the memory more seldom the longer it takes. Largest resident memory, MiB; 0 where unknown. */
    private static double watch(Process process, long began, double limit) {
        double peak = 0;
        try {
            while (true) {
                double seconds = (System.nanoTime() - began) * 1e-9;
                long pause = (long) Math.min(50, 2 + seconds * 20);
                if (process.waitFor(pause, TimeUnit.MILLISECONDS) || seconds > limit) {
                    return peak;
                }
                peak = Math.max(peak, residentPeak(process));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return peak;
        }
    }

    private static double residentPeak(Process process) {
        try (Stream<ProcessHandle> children = process.descendants()) {
            return children.mapToDouble(each -> residentPeak(each.pid())).max().orElse(0);
        }
    }

    /** VmHWM of a process, MiB; 0 where it cannot be read. */
    private static double residentPeak(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    private static void stop(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** CPU and elapsed seconds from the shell's line; NaN where it printed none. */
    private static double[] clock(String printed) {
        String line = printed.strip().lines().reduce((a, b) -> b).orElse("").replace(',', '.');
        String[] parts = line.split(" ");
        try {
            return new double[] {
                Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]), Double.parseDouble(parts[2])
            };
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new double[] {Double.NaN, Double.NaN};
        }
    }
}
