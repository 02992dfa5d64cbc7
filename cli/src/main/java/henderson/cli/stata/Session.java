package henderson.cli.stata;

import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.data.Table;
import henderson.data.stata.StataCommand;
import henderson.framework.Henderson;
import henderson.framework.Robust;
import henderson.inference.Summary;
import henderson.report.Metric;
import henderson.report.Remarks;
import henderson.report.StataTable;
import henderson.report.TableParts;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs commands one after another, holding the data and the fits between them. */
public final class Session {
    private static final List<String> OTHERS = List.of(
            "estimates",
            "lrtest",
            "estat",
            "test",
            "testparm",
            "lincom",
            "predict",
            "lroc",
            "generate",
            "egen",
            "drop",
            "summarize",
            "correlate",
            "statsby",
            "quietly",
            "by",
            "bysort",
            "use",
            "webuse",
            "sysuse",
            "version",
            "set",
            "clear",
            "xtset");
    private static final List<String> COMMANDS =
            Stream.concat(StataCommand.names().stream(), OTHERS.stream()).toList();
    /** Words Stata knows although several commands begin with them. */
    private static final Map<String, String> SHORT = Map.of(
            "g",
            "generate",
            "gen",
            "generate",
            "su",
            "summarize",
            "sum",
            "summarize",
            "cor",
            "correlate",
            "corr",
            "correlate",
            "est",
            "estimates",
            "te",
            "test",
            "qui",
            "quietly");

    private final Henderson henderson;
    private final Watch.Maker watches;
    private final PrintStream loud;
    private PrintStream out;
    private final FitOptions options;
    private final Workspace work;
    private final DataCommands data;
    private boolean certified = true;

    /**
     * A session.
     *
     * @param options what commands do not say: estimator, optimizer, threads
     */
    public Session(Henderson henderson, Table table, FitOptions options, Watch.Maker watches, PrintStream out) {
        this.henderson = henderson;
        this.work = new Workspace(table, out);
        this.data = new DataCommands(work);
        this.options = options;
        this.watches = watches;
        this.loud = out;
        this.out = out;
    }

    /**
     * Runs every command of a text.
     *
     * @param echo whether commands are printed before what they print; several always are
     * @return whether every fit was certified
     * @throws HendersonException at the first command that cannot be run
     */
    public boolean run(String text, boolean echo) {
        List<String> commands = Script.commands(text);
        if (commands.isEmpty()) {
            throw new HendersonException("There is no command.", "Maybe 'mixed y x || group:'.");
        }
        for (String command : commands) {
            boolean shown = echo || commands.size() > 1;
            if (shown) {
                out.println(". " + command);
            }
            one(command);
            if (shown) {
                out.println();
            }
        }
        return certified;
    }

    /** The fit of the last model, or null where there was none. */
    public @Nullable Summary last() {
        return work.last();
    }

    private void one(String command) {
        String word = command.split("\\W", 2)[0];
        String name = SHORT.getOrDefault(word, word);
        List<String> found = COMMANDS.contains(name)
                ? List.of(name)
                : COMMANDS.stream()
                        .filter(c -> !word.isEmpty() && c.startsWith(word))
                        .toList();
        if (found.size() != 1) {
            throw new HendersonException(
                    found.isEmpty()
                            ? "Command: no command is named '" + (word.isEmpty() ? command : word) + "'."
                            : "Command: '" + word + "' is short for several.",
                    "Maybe one of: " + String.join(", ", found.isEmpty() ? COMMANDS : found) + ".");
        }
        String rest = command.substring(word.length());
        run(found.get(0), rest, found.get(0) + rest);
    }

    private void run(String name, String rest, String command) {
        if (StataCommand.names().contains(name)) {
            fit(command);
            return;
        }
        switch (name) {
            case "statsby" -> new StatsBy(work, henderson).run(command);
            case "quietly" -> quietly(rest);
            case "by", "bysort" -> by(rest);
            case "use", "webuse", "sysuse", "clear" ->
                out.println(
                        "Note: nothing is read; the data are " + work.table().source() + ".");
            case "version", "set", "xtset" -> out.println("Note: " + name + " changes nothing here.");
            default -> afterwards(name, Words.of(command));
        }
    }

    private void afterwards(String name, Words words) {
        switch (name) {
            case "estimates" -> store(words);
            case "lrtest" -> new Tests(work).likelihoodRatio(words);
            case "test" -> new Tests(work).wald(words, false);
            case "testparm" -> new Tests(work).wald(words, true);
            case "lincom" -> new Tests(work).combination(words);
            case "estat" -> new Estat(work, henderson).run(words);
            case "lroc" -> new Binary(work).area(words);
            case "predict" -> new Predict(work, data, henderson).run(words);
            case "generate" -> data.generate(words);
            case "egen" -> data.egen(words, null);
            case "drop" -> data.drop(words);
            case "summarize" -> data.summarize(words);
            default -> data.correlate(words);
        }
    }

    private void store(Words words) {
        words.allow();
        List<String> names = words.names();
        if (names.size() != 2 || names.get(0).length() < 3 || !"store".startsWith(names.get(0))) {
            throw new HendersonException("Command: of estimates there is 'estimates store name'.");
        }
        work.store(names.get(1));
    }

    /** The prefix may have a colon. */
    private void quietly(String rest) {
        String command = rest.strip();
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        PrintStream before = out;
        try {
            out = silent;
            work.out(silent);
            one(command.startsWith(":") ? command.substring(1).strip() : command);
        } finally {
            out = before;
            work.out(before);
        }
    }

    /** {@code by g: egen …}. */
    private void by(String rest) {
        int colon = rest.indexOf(':');
        String command = colon < 0 ? "" : rest.substring(colon + 1).strip();
        if (!command.startsWith("egen ")) {
            throw new HendersonException("Command: the prefix by is for egen here.", "Maybe egen …, by(g).");
        }
        data.egen(Words.of(command), rest.substring(0, colon).split(",")[0]);
    }

    private void fit(String command) {
        Table table = work.table();
        StataCommand parsed = StataCommand.parse(command, table);
        Summary summary;
        StataCommand.Reporting shown = parsed.reporting();
        boolean log = shown.log() && out == loud;
        try (Watch watch = watches.start(log, parsed.criterion())) {
            Model model = henderson.model(parsed.spec(), table, watch.listener());
            double level = shown.level() == null ? Summary.DEFAULT_LEVEL : shown.level();
            FitOptions asked = options(parsed);
            List<String> clusters = parsed.clusters();
            Robust robust = clusters == null ? null : henderson.robust(model, asked, table, clusters);
            Fit fit = henderson.fit(model, asked, watch.listener());
            summary =
                    robust == null ? henderson.summarize(fit, level) : robust.summarize(fit, level, FitListener.SILENT);
        }
        work.fitted(new Fitted(parsed, table, summary));
        certified &= Remarks.problems(summary.fit()).isEmpty();
        if (log) {
            out.println();
        }
        out.print(StataTable.of(summary, parts(parsed)));
        parsed.notes().forEach(n -> out.println("Note: " + n + "."));
    }

    private FitOptions options(StataCommand c) {
        FitOptions asked = options.withCriterion(c.criterion());
        asked = c.emOnly() ? asked.withEstimator("em") : asked;
        asked = c.iterations() == null ? asked : asked.withIterations(c.iterations());
        asked = asked.withIntegration(c.integration()).withPoints(c.points());
        return c.tolerance() == null ? asked : asked.withTolerance(c.tolerance());
    }

    private static TableParts parts(StataCommand c) {
        StataCommand.Reporting r = c.reporting();
        return new TableParts(
                r.deviations() ? Metric.SD : Metric.VARIANCE,
                r.header(),
                r.groups(),
                r.fixed(),
                r.random(),
                r.test(),
                c.name().equals("xtmixed") ? "linear regression" : "linear model",
                c.name().matches("meqr.*|xtme.*"),
                c.name().equals("meglm"),
                c.exponentiated());
    }
}
