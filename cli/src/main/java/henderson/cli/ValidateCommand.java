package henderson.cli;

import henderson.api.HendersonException;
import henderson.validation.Validate;
import henderson.validation.ValidationJson;
import henderson.validation.ValidationReport;
import henderson.validation.ValidationText;
import java.io.PrintStream;
import java.nio.file.Files;
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
        description =
                "Fit every reference case with every estimator and compare figure by figure; status 3 if any falls short.")
final class ValidateCommand implements Verb {
    private final PrintStream out;

    @Mixin
    private PluginOptions plugins;

    @Option(names = "--case", paramLabel = "ID", description = "Only this case; repeatable.")
    private List<String> cases = new ArrayList<>();

    @Option(names = "--quick", description = "Leave out the large cases.")
    private boolean quick;

    @Option(
            names = "--reference",
            paramLabel = "DIR",
            description = "Folder whose data/ has the files that may not be copied; else $HENDERSON_REFERENCE.")
    private @Nullable Path reference;

    @Option(names = "--estimator", paramLabel = "NAME", description = "Only this estimator; repeatable.")
    private List<String> estimators = new ArrayList<>();

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each fit.")
    private int threads = 1;

    @Option(names = "--output", paramLabel = "text|json", description = "What to print.")
    private String output = "text";

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
        if (!output.equals("text") && !output.equals("json")) {
            throw new HendersonException(
                    "--output of validate is '" + output + "'; it can be text or json.", "Maybe --output json.");
        }
        Validate.Options options = Validate.Options.DEFAULT
                .withCases(cases)
                .withQuick(quick)
                .withReference(folder())
                .withEstimators(estimators)
                .withThreads(threads);
        ValidationReport report;
        if (Boolean.getBoolean("henderson.terminal")) {
            try (ProgressLine progress = new ProgressLine()) {
                report = Validate.run(options, plugins.henderson(), progress);
            }
        } else {
            report = Validate.run(options, plugins.henderson());
        }
        out.print(output.equals("json") ? ValidationJson.of(report) : ValidationText.of(report));
        return report.fallShort() > 0 ? Main.NOT_CERTIFIED : Main.GOOD;
    }

    private @Nullable Path folder() {
        String environment = System.getenv("HENDERSON_REFERENCE");
        Path folder =
                reference != null || environment == null || environment.isBlank() ? reference : Path.of(environment);
        if (reference != null && !Files.isDirectory(reference)) {
            throw new HendersonException(
                    "--reference is '" + reference + "', which is no folder.", "Maybe its parent was meant.");
        }
        return folder;
    }
}
