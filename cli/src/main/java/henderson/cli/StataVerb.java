package henderson.cli;

import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.cli.stata.Session;
import henderson.data.ReadOptions;
import henderson.data.Table;
import henderson.framework.Henderson;
import henderson.inference.Summary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code henderson stata}. */
@Command(name = "stata", description = "Run Stata commands: a linear mixed model, or a script.", sortOptions = false)
final class StataVerb implements Verb {
    private final PrintStream out;

    @Mixin
    private DataOptions data;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "Such as 'mixed weight week || id: week, covariance(unstructured)'; several are run in turn.")
    private final List<String> commands = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A script of commands, run before COMMAND.")
    private @Nullable String file;

    @Option(names = "--estimator", paramLabel = "NAME", description = "See henderson plugins.")
    private @Nullable String estimator;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "See henderson plugins.")
    private @Nullable String optimizer;

    @Option(names = "--threads", paramLabel = "N", description = "The result does not depend on it.")
    private int threads = FitOptions.DEFAULT.threads();

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "What is printed; json: the last model's fit alone.")
    private String output = "text";

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description =
                    "Also write the last model's fit as JSON, with all that predict, estat, lrtest and verify need.")
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

    StataVerb(PrintStream out) {
        this.out = out;
    }

    @Override
    public int run() {
        boolean json = Output.json(output);
        Saving.requireFolder(save);
        String text = (file == null ? "" : script(file) + "\n") + String.join("\n", commands);
        FitOptions options = FitOptions.DEFAULT
                .withEstimator(estimator)
                .withOptimizer(optimizer)
                .withThreads(threads);
        Henderson henderson = plugins.henderson();
        ReadOptions readOptions = data.readOptions();
        Table table = henderson.read(data.file(), readOptions, FitListener.SILENT);
        PrintStream shown =
                json ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) : out;
        Session session = new Session(
                henderson, table, options, (log, criterion) -> Listening.of(log ? shown : null, criterion), shown);
        boolean certified = session.run(text, file != null);
        if (json || save != null) {
            last(session, json);
        }
        return certified ? Main.GOOD : Main.NOT_CERTIFIED;
    }

    private void last(Session session, boolean json) {
        Summary summary = session.last();
        if (summary == null) {
            throw new HendersonException(
                    "There is no fit to " + (json ? "print" : "save") + ".", "Maybe a command mixed is missing.");
        }
        if (save != null) {
            Saving.write(summary, !noEffects, save);
        }
        if (json) {
            out.print(Saving.json(summary));
        }
    }

    private static String script(String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException e) {
            throw new HendersonException(
                    "The script " + name + " cannot be read.", "Maybe it is in another folder.", e);
        }
    }
}
