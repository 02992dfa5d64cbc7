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

    @Option(names = "--ml", description = "Maximum likelihood (default).")
    private boolean ml;

    @Option(names = "--reml", description = "Restricted maximum likelihood.")
    private boolean reml;

    @Option(names = "--where", paramLabel = "FILTER", description = "Rows to use, such as \"nstu > 4\".")
    private @Nullable String where;

    @Option(names = "--weights", paramLabel = "NAME", description = "Column of precision weights.")
    private @Nullable String weights;

    @Option(names = "--frequency-weights", paramLabel = "NAME", description = "Column of replication counts.")
    private @Nullable String frequencyWeights;

    @Option(names = "--offset", paramLabel = "NAME", description = "Column added with coefficient one.")
    private @Nullable String offset;

    @Option(
            names = "--residual",
            paramLabel = "STRUCTURE",
            description = "Covariance of residuals, such as \"ar(2, time | id)\", \"independent, variances = sex\".")
    private @Nullable String residual;

    @Option(
            names = "--exposure",
            paramLabel = "NAME",
            description = "Column whose logarithm is added with coefficient one.")
    private @Nullable String exposure;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "Distribution of the response (default gaussian); see henderson plugins.")
    private String family = "gaussian";

    @Option(names = "--link", paramLabel = "NAME", description = "Link (default: the family's own).")
    private @Nullable String link;

    @Option(
            names = "--integration",
            paramLabel = "NAME",
            description = "How random effects are integrated out of a generalized model, such as laplace.")
    private @Nullable String integration;

    @Option(names = "--points", paramLabel = "N", description = "Nodes of a quadrature for each random effect.")
    private @Nullable Integer points;

    @Option(names = "--estimator", paramLabel = "NAME", description = "See henderson plugins.")
    private @Nullable String estimator;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "See henderson plugins.")
    private @Nullable String optimizer;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Accepted steps at most (default: the estimator's own).")
    private @Nullable Integer iterations;

    @Option(names = "--tolerance", paramLabel = "X", description = "Newton decrement to reach.")
    private double tolerance = FitOptions.DEFAULT.tolerance();

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
