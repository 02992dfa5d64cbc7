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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code henderson fit}. */
@Command(name = "fit", description = "Fit a linear or generalized linear mixed model.", sortOptions = false)
final class FitCommand implements Verb {
    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private DataOptions data;

    @Parameters(
            index = "1",
            paramLabel = "FORMULA",
            description = "Such as \"weight ~ week + (week || id)\". Put -- before one that begins with a minus sign.")
    private String formula;

    @Mixin
    private ModelOptions modelOptions;

    @Option(names = "--threads", paramLabel = "N", description = "The result does not depend on it.")
    private int threads = FitOptions.DEFAULT.threads();

    @Option(
            names = "--stream",
            description = "Hold columns in a temporary file, not in memory (default for files above a quarter of it).")
    private boolean stream;

    @Option(
            names = "--robust",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "GROUP",
            description =
                    "Cluster-robust standard errors (CR0), by the levels of GROUP, a column or a:b, or of the highest"
                            + " grouping factor.")
    private @Nullable String robust;

    @Option(names = "--level", paramLabel = "PERCENT", description = "Confidence level (default 95).")
    private double level = Summary.DEFAULT_LEVEL;

    @Option(names = "--metric", paramLabel = "variance|sd", description = "What the text table shows.")
    private String metric = "variance";

    @Option(names = "--odds-ratio", description = "Show coefficients of a logistic model as odds ratios.")
    private boolean oddsRatio;

    @Option(names = "--irr", description = "Show coefficients of a model of counts as incidence-rate ratios.")
    private boolean irr;

    @Option(names = "--log", description = "Show the iterations.")
    private boolean log;

    @Option(names = "--output", paramLabel = "text|json", description = "What is printed.")
    private String output = "text";

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Also write the fit as JSON, with all that predict, estat, lrtest and verify need.")
    private @Nullable String save;

    @Option(names = "--no-effects", description = "Save without the predicted random effects.")
    private boolean noEffects;

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    FitCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
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
        return plain.withWanted(mentioned).withThreads(threads).withStreamed(stream || large && kept == null);
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
