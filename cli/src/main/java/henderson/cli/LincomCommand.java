package henderson.cli;

import henderson.inference.LinearCombination;
import henderson.inference.Summary;
import henderson.report.EstatText;
import henderson.report.FitJson;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code henderson lincom}. */
@Command(name = "lincom", description = "A linear combination of fixed effects of a saved fit.", sortOptions = false)
final class LincomCommand implements Verb {
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "FIT", description = "File of fit --save.")
    private String file;

    @Parameters(index = "1", paramLabel = "COMBINATION", description = "Such as \"2*week - x1:x2 + 3\".")
    private String text;

    @Option(names = "--level", paramLabel = "PERCENT", description = "Confidence level (default 95).")
    private double level = Summary.DEFAULT_LEVEL;

    @Option(names = "--output", paramLabel = "text|json", description = "What is printed.")
    private String output = "text";

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    LincomCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public int run() {
        boolean json = Output.json(output);
        SavedFits saved = SavedFits.read(file, plugins.henderson());
        Combination c = Combination.hypothesis(text, saved.fit().model().fixedNames());
        LinearCombination found = LinearCombination.of(saved.fit(), c.weights(), c.constant(), level);
        out.print(
                json
                        ? FitJson.write(found)
                        : EstatText.combination(
                                found, text.strip(), saved.fit().model().responseName(), level));
        return saved.fit().convergence().certified() ? Main.GOOD : Main.NOT_CERTIFIED;
    }
}
