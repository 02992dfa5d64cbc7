package henderson.cli;

import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.cli.stata.Session;
import henderson.data.ReadOptions;
import henderson.data.Table;
import henderson.framework.Henderson;
import java.io.IOException;
import java.io.PrintStream;
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
        String text = (file == null ? "" : script(file) + "\n") + String.join("\n", commands);
        FitOptions options = FitOptions.DEFAULT
                .withEstimator(estimator)
                .withOptimizer(optimizer)
                .withThreads(threads);
        Henderson henderson = plugins.henderson();
        ReadOptions readOptions = data.readOptions();
        Table table = henderson.read(data.file(), readOptions, FitListener.SILENT);
        Session session = new Session(
                henderson, table, options, (log, criterion) -> Listening.of(log ? out : null, criterion), out);
        return session.run(text, file != null) ? Main.GOOD : Main.NOT_CERTIFIED;
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
