package henderson.cli;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.data.ReadOptions;
import henderson.data.Table;
import henderson.framework.Henderson;
import henderson.inference.Bootstrap;
import henderson.inference.BootstrapOptions;
import henderson.inference.Summary;
import henderson.report.BootstrapJson;
import henderson.report.BootstrapText;
import henderson.report.Metric;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code henderson bootstrap}. */
@Command(
        name = "bootstrap",
        description =
                "Parametric bootstrap: draw responses from a fitted model, fit the model to each. Of a saved fit and its"
                        + " data (henderson bootstrap fit.json data.csv), or of a model (henderson bootstrap data.csv \"y ~ x + (1 |"
                        + " g)\" and the options of fit). Status 3 when replicates failed.",
        sortOptions = false)
final class BootstrapCommand implements DeclaredVerb {
    private final PrintStream out;

    @Mixin
    private DataOptions data;

    @Parameters(
            index = "1",
            paramLabel = "FORMULA",
            description = "The model; after a file of fit --save in the place of DATA, the data it was fitted to.")
    private String second;

    @Option(names = "--replicates", paramLabel = "N", description = "Responses drawn and fitted (default 1000).")
    private int replicates = BootstrapOptions.DEFAULT.replicates();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of the random numbers (default 1): the same bits on any number of threads.")
    private long seed = BootstrapOptions.DEFAULT.seed();

    @Option(names = "--threads", paramLabel = "N", description = "The result does not depend on it.")
    private int threads = BootstrapOptions.DEFAULT.threads();

    @Option(names = "--level", paramLabel = "PERCENT", description = "Confidence level (default 95).")
    private double level = Summary.DEFAULT_LEVEL;

    @Option(
            names = "--interval",
            paramLabel = "percentile|basic|normal",
            description = "What the text table shows; JSON has all three.")
    private String interval = "percentile";

    @Option(
            names = "--conditional",
            description = "Every response has the predicted random effects of the data; otherwise they are drawn too.")
    private boolean conditional;

    @Option(names = "--metric", paramLabel = "variance|sd", description = "What the text table shows.")
    private String metric = "variance";

    @Option(
            names = "--save-replicates",
            paramLabel = "FILE",
            description = "Also write a CSV with a line for every replicate.")
    private @Nullable String save;

    @Option(names = "--output", paramLabel = "text|json", description = "What is printed.")
    private String output = "text";

    private final ModelOptions modelOptions = new ModelOptions();
    private @Nullable Given given;

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    BootstrapCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public CommandSpec declare() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(this);
        ModelOptions.ARGUMENTS.forEach(a -> spec.addOption(FitArguments.option(a)));
        return spec;
    }

    @Override
    public void take(Given arguments) {
        given = arguments;
        modelOptions.take(arguments);
    }

    @Override
    public int run() {
        boolean json = Output.json(output);
        BootstrapText.Interval shown = shownInterval();
        Metric shownMetric = FitCommand.metric(metric);
        BootstrapOptions options = new BootstrapOptions(replicates, seed, threads, level, conditional);
        Saving.requireFolder("--save-replicates", save);
        Henderson henderson = plugins.henderson();
        Bootstrap bootstrap;
        try (Listening listening = Listening.of(null, Criterion.ML)) {
            bootstrap = data.file().toString().endsWith(".json")
                    ? ofSaved(henderson, options, listening)
                    : ofModel(henderson, options, listening);
        }
        if (save != null) {
            write(bootstrap, save);
        }
        out.print(json ? BootstrapJson.of(bootstrap) : BootstrapText.of(bootstrap, shown, shownMetric));
        return bootstrap.failures().isEmpty() ? Main.GOOD : Main.NOT_CERTIFIED;
    }

    private Bootstrap ofModel(Henderson henderson, BootstrapOptions options, Listening listening) {
        FitOptions fitting = modelOptions.options();
        ReadOptions readOptions =
                data.readOptions().withWanted(modelOptions.mentioned(second)).withThreads(threads);
        ModelSpec spec = modelOptions.spec(henderson, second, readOptions);
        Table table = henderson.read(data.file(), readOptions, listening.listener());
        Model model = henderson.model(spec, table, listening.listener());
        Fit fit = henderson.fit(model, fitting.withThreads(threads), listening.listener());
        return henderson.bootstrap(fit, model, options, listening.listener());
    }

    private Bootstrap ofSaved(Henderson henderson, BootstrapOptions options, Listening listening) {
        refuseModelOptions();
        SavedFits saved = SavedFits.read(data.file().toString(), henderson);
        Table table = henderson.read(Path.of(second), saved.asFitted(), listening.listener());
        String before = saved.fit().model().report().digest();
        if (!before.equals(table.digest())) {
            throw new HendersonException(
                    "The data are not those of the fit: the digest of " + table.source() + " is " + table.digest()
                            + ", that of " + saved.fit().model().report().source() + " was " + before + ".",
                    "Maybe fit again.");
        }
        Model model = henderson.model(saved.fit().model().spec(), table, listening.listener());
        return henderson.bootstrap(saved.fit(), model, options, listening.listener());
    }

    /** A saved fit says what its model is. */
    private void refuseModelOptions() {
        Given asked = Objects.requireNonNull(given);
        Stream.concat(ModelOptions.ARGUMENTS.stream(), DataOptions.ARGUMENTS.stream())
                .map(FitArguments.Argument::name)
                .filter(asked::has)
                .findFirst()
                .ifPresent(name -> {
                    throw new HendersonException(
                            name + " is for a model to be fitted; " + data.file()
                                    + " is a saved fit, which has its own.",
                            "Maybe leave it out.");
                });
    }

    private BootstrapText.Interval shownInterval() {
        return switch (interval) {
            case "percentile" -> BootstrapText.Interval.PERCENTILE;
            case "basic" -> BootstrapText.Interval.BASIC;
            case "normal" -> BootstrapText.Interval.NORMAL;
            case "bca" ->
                throw Refused.refusal(
                        "--interval bca",
                        "correct percentiles by an acceleration, which takes a fit without each group");
            default ->
                throw new HendersonException("--interval is " + interval + "; it can be percentile, basic or normal.");
        };
    }

    private static void write(Bootstrap bootstrap, String file) {
        StringBuilder line = new StringBuilder("replicate,ending");
        bootstrap.columns().forEach(c -> line.append(',').append(PredictCommand.quoted(c)));
        try (PrintStream to = new PrintStream(Files.newOutputStream(Path.of(file)), false, StandardCharsets.UTF_8)) {
            to.append(line.append('\n'));
            for (int r = 0; r < bootstrap.replicates().length; r++) {
                line.setLength(0);
                line.append(r + 1).append(',').append(bootstrap.ending(r));
                for (double v : bootstrap.replicates()[r]) {
                    line.append(',');
                    if (Double.isFinite(v)) {
                        line.append(v);
                    }
                }
                to.append(line.append('\n'));
            }
            if (to.checkError()) {
                throw new HendersonException(file + " cannot be written.");
            }
        } catch (IOException e) {
            throw new HendersonException(file + " cannot be written: " + e.getMessage(), null, e);
        }
    }
}
