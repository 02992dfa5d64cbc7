package henderson.cli;

import henderson.api.Criterion;
import henderson.api.Expression;
import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.Formula;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.data.RFormula;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code henderson fit}; its arguments are declared in {@link FitArguments}. */
final class FitCommand implements Verb {
    private final PrintStream out;
    private final PrintStream err;

    private final DataOptions data = new DataOptions();
    private final PluginOptions plugins = new PluginOptions();
    private String formula = "";
    private boolean ml;
    private boolean reml;
    private @Nullable String where;
    private @Nullable String weights;
    private @Nullable String frequencyWeights;
    private @Nullable String offset;
    private @Nullable String residual;
    private @Nullable String exposure;
    private String family = "gaussian";
    private @Nullable String link;
    private @Nullable String integration;
    private @Nullable Integer points;
    private @Nullable String estimator;
    private @Nullable String optimizer;
    private @Nullable Integer iterations;
    private double tolerance = FitOptions.DEFAULT.tolerance();
    private int threads = FitOptions.DEFAULT.threads();
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

    /** What was given on the command line. */
    void take(Given given) {
        data.take(given);
        plugins.take(given);
        formula = given.positional(1);
        ml = given.has("--ml");
        reml = given.has("--reml");
        where = given.value("--where", where);
        weights = given.value("--weights", weights);
        frequencyWeights = given.value("--frequency-weights", frequencyWeights);
        offset = given.value("--offset", offset);
        residual = given.value("--residual", residual);
        exposure = given.value("--exposure", exposure);
        family = given.value("--family", family);
        link = given.value("--link", link);
        integration = given.value("--integration", integration);
        points = given.value("--points", points);
        estimator = given.value("--estimator", estimator);
        optimizer = given.value("--optimizer", optimizer);
        iterations = given.value("--iterations", iterations);
        tolerance = given.value("--tolerance", tolerance);
        threads = given.value("--threads", threads);
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
        Metric shown = metric();
        Summary.requireLevel(level);
        FitOptions options = options();
        ReadOptions readOptions = reading(data.readOptions());
        Saving.requireFolder(save);
        Henderson henderson = plugins.henderson();
        ModelSpec spec = spec(henderson, readOptions);
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
        String kept = !family.equals("gaussian") || link != null && !link.equals("identity")
                ? "a generalized model keeps its rows in memory"
                : residual != null ? "a model with --residual keeps its rows in memory" : null;
        if (stream && kept != null) {
            throw new HendersonException(
                    "--stream is for linear models with independent residuals; " + kept + ".",
                    "Maybe leave out --stream, and give Java more memory: JDK_JAVA_OPTIONS=-Xmx8g.");
        }
        long size = data.file().toFile().length();
        boolean large = size > Runtime.getRuntime().maxMemory() / 4;
        List<String> mentioned = new ArrayList<>(List.of(formula));
        for (String more : new String[] {where, weights, frequencyWeights, offset, exposure, residual, robust}) {
            if (more != null) {
                mentioned.add(more);
            }
        }
        return plain.withWanted(String.join("\n", mentioned))
                .withThreads(threads)
                .withStreamed(stream || large && kept == null);
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

    private Metric metric() {
        return switch (metric) {
            case "variance" -> Metric.VARIANCE;
            case "sd" -> Metric.SD;
            default -> throw new HendersonException("--metric is " + metric + "; it can be variance or sd.");
        };
    }

    private FitOptions options() {
        if (ml && reml) {
            throw new HendersonException("--ml and --reml exclude each other.");
        }
        if (points != null && points < 1) {
            throw new HendersonException(
                    "--points is " + points + "; a quadrature has 1 or more.", "Maybe 7, the usual number.");
        }
        boolean linear = family.equals("gaussian") && (link == null || link.equals("identity"));
        if (linear && (integration != null || points != null)) {
            throw new HendersonException(
                    (integration != null ? "--integration " + integration : "--points " + points)
                            + " is for generalized models; this one is linear, and nothing is approximated.",
                    "Maybe --family is missing.");
        }
        FitOptions options = FitOptions.DEFAULT
                .withCriterion(reml ? Criterion.REML : Criterion.ML)
                .withEstimator(estimator)
                .withOptimizer(optimizer)
                .withTolerance(tolerance)
                .withThreads(threads)
                .withIntegration(integration)
                .withPoints(points == null ? 0 : points);
        return iterations == null ? options : options.withIterations(iterations);
    }

    private ModelSpec spec(Henderson henderson, ReadOptions readOptions) {
        return withOffsets(henderson.parse(formula))
                .withFamily(family)
                .withLink(link)
                .withResidual(residual == null ? null : RFormula.parseResidual(residual))
                .withWhere(where == null ? null : RFormula.parseFilter(where))
                .withWeights(weights)
                .withFrequencyWeights(frequencyWeights)
                .withFactors(readOptions.factors())
                .withNumeric(readOptions.numeric());
    }

    private ModelSpec withOffsets(ModelSpec spec) {
        Formula f = spec.formula();
        List<Expression> offsets = new ArrayList<>(f.offsets());
        if (offset != null) {
            offsets.add(new Expression.Name(offset));
        }
        if (exposure != null) {
            offsets.add(new Expression.Call("log", List.of(new Expression.Name(exposure))));
        }
        return spec.withFormula(new Formula(f.response(), f.intercept(), f.fixed(), offsets, f.random()));
    }
}
