package henderson.cli;

import henderson.api.Criterion;
import henderson.api.HendersonException;
import henderson.framework.Henderson;
import henderson.validation.Validate;
import henderson.validation.ValidationJson;
import henderson.validation.ValidationReport;
import henderson.validation.ValidationText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code henderson validate}. */
@Command(
        name = "validate",
        description = "Fit the reference cases and compare figure by figure. Status 3 when one falls short.",
        sortOptions = false)
final class ValidateCommand implements Verb {
    private final PrintStream out;

    @Option(names = "--case", paramLabel = "ID", description = "A case to compare; may be repeated (default: all).")
    private final List<String> cases = new ArrayList<>();

    @Option(names = "--quick", description = "Leave out the large cases.")
    private boolean quick;

    @Option(names = "--reference", paramLabel = "DIR", description = "Further data (default: $HENDERSON_REFERENCE).")
    private @Nullable String reference;

    @Option(names = "--estimator", paramLabel = "NAME", description = "May be repeated (default: all).")
    private final List<String> estimators = new ArrayList<>();

    @Option(names = "--threads", paramLabel = "N", description = "The result does not depend on it.")
    private int threads = 1;

    @Option(names = "--output", paramLabel = "text|json", description = "What is printed.")
    private String output = "text";

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    ValidateCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public int run() {
        boolean json = Output.json(output);
        if (threads < 1) {
            throw new HendersonException("The number of threads is " + threads + "; it must be 1 or more.");
        }
        Validate.Options options = Validate.Options.DEFAULT
                .withCases(cases)
                .withQuick(quick)
                .withReference(folder())
                .withEstimators(estimators)
                .withThreads(threads);
        Henderson henderson = plugins.henderson();
        ValidationReport report;
        try (Listening listening = Listening.of(null, Criterion.ML)) {
            report = Validate.run(options, henderson, listening.listener());
        }
        out.print(json ? ValidationJson.of(report) : ValidationText.of(report));
        return report.fallShort() == 0 ? Main.GOOD : Main.NOT_CERTIFIED;
    }

    /** The option, else the environment variable, else nothing. */
    private @Nullable Path folder() {
        String named = reference == null ? System.getenv("HENDERSON_REFERENCE") : reference;
        return named == null || named.isBlank() ? null : Path.of(named);
    }
}
