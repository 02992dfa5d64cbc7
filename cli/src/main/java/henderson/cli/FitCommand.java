package henderson.cli;

import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.data.ReadOptions;
import henderson.data.Table;
import henderson.framework.Henderson;
import henderson.framework.Robust;
import henderson.inference.Summary;
import henderson.report.Metric;
import henderson.report.Remarks;
import henderson.report.StataTable;
import henderson.report.TableParts;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code henderson fit}; its arguments are declared in {@link FitArguments}. */
final class FitCommand implements DeclaredVerb {
    private final PrintStream out;
    private final PrintStream err;

    private final DataOptions data = new DataOptions();
    private final ModelOptions modelOptions = new ModelOptions();
    private final PluginOptions plugins = new PluginOptions();
    private String formula = "";
    private int threads = FitOptions.DEFAULT.threads();
    /** Who read: all processors, unless it is said. */
    private int readers = Runtime.getRuntime().availableProcessors();

    private boolean stream;
    private @Nullable String robust;
    private double level = Summary.DEFAULT_LEVEL;
    private String metric = "variance";
    private boolean oddsRatio;
    private boolean irr;
    private boolean log;
    private String output = "text";
    private @Nullable String save;
    private boolean noEffects;

    FitCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public CommandSpec declare() {
        return FitArguments.declare(this);
    }

    @Override
    public void take(Given given) {
        data.take(given);
        modelOptions.take(given);
        plugins.take(given);
        formula = given.positional(1);
        threads = given.value("--threads", threads);
        readers = given.value("--threads", readers);
        stream = given.has("--stream");
        robust = given.value("--robust", robust);
        level = given.value("--level", level);
        metric = given.value("--metric", metric);
        oddsRatio = given.has("--odds-ratio");
        irr = given.has("--irr");
        log = given.has("--log");
        output = given.value("--output", output);
        save = given.value("--save", save);
        noEffects = given.has("--no-effects");
    }

    @Override
    public int run() {
        boolean json = Output.json(output);
        Metric shown = metric(metric);
        Summary.requireLevel(level);
        FitOptions options = modelOptions.options().withThreads(threads);
        ReadOptions readOptions = reading(data.readOptions());
        Saving.requireFolder(save);
        Henderson henderson = plugins.henderson();
        ModelSpec spec = modelOptions.spec(henderson, formula, readOptions);
        Summary summary;
        try (Listening listening = Listening.of(log ? (json ? err : out) : null, options.criterion())) {
            FitListener listener = listening.listener();
            Table table = henderson.read(data.file(), readOptions, listener);
            Model model = henderson.model(spec, table, listener);
            requireRatios(model.spec());
            Robust clusters = clusters(henderson, model, options, table);
            Fit fit = henderson.fit(model, options, listener);
            summary = clusters == null
                    ? henderson.summarize(fit, level)
                    : clusters.summarize(fit, level, FitListener.SILENT);
        }
        if (save != null) {
            Saving.write(summary, !noEffects, save);
        }
        if (log && !json) {
            out.println();
        }
        TableParts parts = TableParts.ALL.withMetric(shown).withExponentiated(oddsRatio || irr);
        out.print(json ? Saving.json(summary) : StataTable.of(summary, parts));
        return Remarks.problems(summary.fit()).isEmpty() ? Main.GOOD : Main.NOT_CERTIFIED;
    }

    /** Only the columns that are mentioned, streamed where that is asked for or seems wise. */
    private ReadOptions reading(ReadOptions plain) {
        String kept = modelOptions.keepsRows();
        if (stream && kept != null) {
            throw new HendersonException(
                    "--stream is for linear models with independent residuals; " + kept + ".",
                    "Maybe leave out --stream, and give Java more memory: JDK_JAVA_OPTIONS=-Xmx8g.");
        }
        long size = data.file().toFile().length();
        boolean large = size > Runtime.getRuntime().maxMemory() / 4;
        String mentioned = modelOptions.mentioned(formula) + (robust == null ? "" : "\n" + robust);
        return plain.withWanted(mentioned).withThreads(readers).withStreamed(stream || large && kept == null);
    }

    private @Nullable Robust clusters(Henderson henderson, Model model, FitOptions options, Table table) {
        if (robust == null) {
            return null;
        }
        List<String> columns =
                robust.isBlank() ? List.of() : List.of(robust.strip().split("\\s*:\\s*"));
        return henderson.robust(model, options, table, columns);
    }

    private void requireRatios(ModelSpec spec) {
        if (oddsRatio) {
            TableParts.requireRatios(spec, true, "--odds-ratio");
        }
        if (irr) {
            TableParts.requireRatios(spec, false, "--irr");
        }
    }

    /** @throws HendersonException for another word */
    static Metric metric(String metric) {
        return switch (metric) {
            case "variance" -> Metric.VARIANCE;
            case "sd" -> Metric.SD;
            default -> throw new HendersonException("--metric is " + metric + "; it can be variance or sd.");
        };
    }
}
