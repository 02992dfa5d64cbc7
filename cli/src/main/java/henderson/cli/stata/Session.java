package henderson.cli.stata;

import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.data.Table;
import henderson.data.stata.StataCommand;
import henderson.framework.Henderson;
import henderson.inference.Summary;
import henderson.report.Metric;
import henderson.report.Remarks;
import henderson.report.StataTable;
import henderson.report.TableParts;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs commands one after another, holding the data and the fits between them. */
public final class Session {
    private static final List<String> MODELS = List.of("mixed", "xtmixed");

    private final Henderson henderson;
    private final Watch.Maker watches;
    private final PrintStream out;
    private final FitOptions options;
    private final Map<String, Fitted> stored = new LinkedHashMap<>();
    private Table table;
    private @Nullable Fitted current;
    private boolean certified = true;

    /**
     * A session.
     *
     * @param options what commands do not say: estimator, optimizer, threads
     */
    public Session(Henderson henderson, Table table, FitOptions options, Watch.Maker watches, PrintStream out) {
        this.henderson = henderson;
        this.table = table;
        this.options = options;
        this.watches = watches;
        this.out = out;
    }

    /**
     * Runs every command of a text.
     *
     * @return whether every fit was certified
     * @throws HendersonException at the first command that cannot be run
     */
    public boolean run(String text) {
        List<String> commands = Script.commands(text);
        if (commands.isEmpty()) {
            throw new HendersonException("There is no command.", "Maybe 'mixed y x || group:'.");
        }
        for (String command : commands) {
            if (commands.size() > 1) {
                out.println(". " + command);
            }
            one(command);
            if (commands.size() > 1) {
                out.println();
            }
        }
        return certified;
    }

    private void one(String command) {
        String word = command.split("\\W", 2)[0];
        if (MODELS.contains(word)) {
            fit(command);
            return;
        }
        throw new HendersonException(
                "Command: no command is named '" + word + "'.", "Maybe one of: " + String.join(", ", MODELS) + ".");
    }

    private void fit(String command) {
        StataCommand parsed = StataCommand.parse(command, table);
        Summary summary;
        StataCommand.Reporting shown = parsed.reporting();
        try (Watch watch = watches.start(shown.log(), parsed.criterion())) {
            Model model = henderson.model(parsed.spec(), table, watch.listener());
            Fit fit = henderson.fit(model, options(parsed), watch.listener());
            summary = henderson.summarize(fit, shown.level() == null ? Summary.DEFAULT_LEVEL : shown.level());
        }
        current = new Fitted(parsed, table, summary);
        certified &= Remarks.problems(summary.fit()).isEmpty();
        if (shown.log()) {
            out.println();
        }
        out.print(StataTable.of(summary, parts(parsed)));
        parsed.notes().forEach(n -> out.println("Note: " + n + "."));
    }

    private FitOptions options(StataCommand c) {
        FitOptions asked = options.withCriterion(c.criterion());
        asked = c.emOnly() ? asked.withEstimator("em") : asked;
        asked = c.iterations() == null ? asked : asked.withIterations(c.iterations());
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
                c.name().equals("xtmixed") ? "linear regression" : "linear model");
    }
}
