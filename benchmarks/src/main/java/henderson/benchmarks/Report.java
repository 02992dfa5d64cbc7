package henderson.benchmarks;

import henderson.benchmarks.Measurement.Mode;
import henderson.benchmarks.Measurement.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The results as text, or as Markdown with the same tables. */
final class Report {
    private static final List<String> METHOD = List.of(
            "Warm: from the data in memory to the fit with standard errors. Henderson: CPU time of one thread in a process of its"
                    + " own, the first fits not counted. Peers: CPU time of the call, user and system.",
            "Cold: elapsed time of a whole process. Henderson: the command (start, reading, fit, printing). Peers: start, library,"
                    + " reading, the call, its summary printed.",
            "Medians; a ratio is the peer's time by Henderson's. Maximum likelihood everywhere. lmer and glmer run without their"
                    + " finite-difference Hessian (calc.derivs = FALSE), otherwise with their defaults.",
            "A sign > stands before what was stopped at the limit.");

    private final Results results;
    private final boolean markdown;

    private Report(Results results, boolean markdown) {
        this.results = results;
        this.markdown = markdown;
    }

    static String text(Results results) {
        return new Report(results, false).write();
    }

    static String markdown(Results results) {
        return new Report(results, true).write();
    }

    private String write() {
        List<String> parts = new ArrayList<>();
        add(parts, "Bars", bars());
        add(parts, "Warm", warm());
        add(parts, "Cold", cold());
        add(parts, "Threads", threads());
        StringBuilder facts = new StringBuilder();
        results.machine().forEach((name, value) -> facts.append(markdown ? "- " : "")
                .append(name)
                .append(": ")
                .append(value)
                .append('\n'));
        parts.add(facts.toString());
        METHOD.forEach(line -> parts.add(line + "\n"));
        return String.join("\n", parts);
    }

    private void add(List<String> parts, String title, TextTable table) {
        if (!table.isEmpty()) {
            parts.add((markdown ? "## " : "") + title + "\n\n" + (markdown ? table.markdown() : table.plain()));
        }
    }

    private TextTable bars() {
        TextTable table = new TextTable("workload", "compared", "with", "own>", "other>", "value>", "bar>", "verdict");
        for (Verdict v : results.verdicts()) {
            boolean least = v.bar().kind().least();
            String sign = v.least() ? "> " : "";
            boolean memory = v.bar().kind() == Bar.Kind.MEMORY;
            table.row(
                    v.title(),
                    v.bar().kind().title(),
                    v.bar().peer(),
                    unit(v.own(), memory),
                    sign + unit(v.other(), false),
                    sign + (memory ? Numbers.three(v.value()) : Numbers.ratio(v.value())),
                    (least ? "≥ " : "≤ ") + Numbers.goal(v.bar().value()) + (memory ? "" : "×"),
                    v.text());
        }
        return table;
    }

    private static String unit(double value, boolean memory) {
        return Double.isNaN(value) ? Numbers.UNKNOWN : Numbers.three(value) + (memory ? " MiB" : " s");
    }

    private TextTable warm() {
        TextTable table = new TextTable(
                "workload",
                "program",
                "CPU s>",
                "elapsed s>",
                "ratio>",
                "peak MiB>",
                "log-likelihood>",
                "n>",
                "remark");
        rows(
                Mode.WARM,
                Measurement::medianCpu,
                (m, own, title) -> table.row(
                        title,
                        m.program(),
                        seconds(m, m.medianCpu()),
                        seconds(m, m.medianElapsed()),
                        ratio(m, own),
                        Numbers.three(m.largestPeak()),
                        Numbers.fixed(m.logLikelihood()),
                        String.valueOf(m.elapsed().size()),
                        remark(m)));
        return table;
    }

    private TextTable cold() {
        TextTable table =
                new TextTable("workload", "program", "elapsed s>", "CPU s>", "ratio>", "peak MiB>", "n>", "remark");
        rows(
                Mode.COLD,
                Measurement::medianElapsed,
                (m, own, title) -> table.row(
                        title,
                        m.program(),
                        seconds(m, m.medianElapsed()),
                        seconds(m, m.medianCpu()),
                        ratio(m, own),
                        Numbers.three(m.largestPeak()),
                        String.valueOf(m.elapsed().size()),
                        remark(m)));
        rows(
                Mode.READING,
                Measurement::medianElapsed,
                (m, own, title) -> table.row(
                        title,
                        "reading alone",
                        seconds(m, m.medianElapsed()),
                        seconds(m, m.medianCpu()),
                        "",
                        Numbers.three(m.largestPeak()),
                        String.valueOf(m.elapsed().size()),
                        remark(m)));
        return table;
    }

    @FunctionalInterface
    private interface RowWriter {
        void write(Measurement m, double own, String title);
    }

    private void rows(Mode mode, Function<Measurement, Double> time, RowWriter writer) {
        for (Workload workload : results.workloads()) {
            Measurement own = results.of(workload, OwnRuns.PROGRAM, mode, 1);
            String title = workload.title();
            for (Measurement m : results.of(workload, mode)) {
                writer.write(m, own == null ? Double.NaN : time.apply(own), title);
                title = "";
            }
        }
    }

    private static String seconds(Measurement m, double value) {
        return (m.status() == Status.STOPPED && !Double.isNaN(value) ? "> " : "") + Numbers.three(value);
    }

    private static String ratio(Measurement m, double own) {
        if (m.program().equals(OwnRuns.PROGRAM)) {
            return "";
        }
        boolean stopped = m.status() == Status.STOPPED;
        double seconds = m.mode() == Mode.WARM && !stopped ? m.medianCpu() : m.medianElapsed();
        String ratio = Numbers.ratio(seconds / own);
        return stopped && !ratio.equals(Numbers.UNKNOWN) ? "> " + ratio : ratio;
    }

    private static String remark(Measurement m) {
        List<String> parts = new ArrayList<>();
        if (m.status() != Status.MEASURED) {
            parts.add(Verdict.word(m.status()));
        }
        if (!m.remark().isEmpty()) {
            parts.add(m.remark());
        }
        if (!m.convergence().isEmpty() && !m.convergence().equals("converged")) {
            parts.add(m.convergence());
        }
        if (m.evaluations() > 0) {
            parts.add(m.evaluations() + " evaluations");
        }
        return String.join("; ", parts).replace('|', '/');
    }

    private TextTable threads() {
        TextTable table =
                new TextTable("workload", "threads>", "elapsed s>", "one thread s>", "speed-up>", "same bits");
        for (Workload workload : results.workloads()) {
            Measurement one = results.of(workload, OwnRuns.PROGRAM, Mode.WARM, 1);
            for (Measurement m : results.all()) {
                if (one != null && m.workload().equals(workload.name()) && m.threads() > 1) {
                    table.row(
                            workload.title(),
                            String.valueOf(m.threads()),
                            Numbers.three(m.medianElapsed()),
                            Numbers.three(one.medianElapsed()),
                            String.format(Locale.ROOT, "%.2f", one.medianElapsed() / m.medianElapsed()),
                            sameBits(one, m));
                }
            }
        }
        return table;
    }

    /** Whether all processes of both found the same bits. */
    static String sameBits(@Nullable Measurement one, Measurement other) {
        if (one == null || one.digests().isEmpty() || other.digests().isEmpty()) {
            return Numbers.UNKNOWN;
        }
        HashSet<String> all = new HashSet<>(one.digests());
        all.addAll(other.digests());
        return all.size() == 1 ? "yes" : "NO";
    }
}
