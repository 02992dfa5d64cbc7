package henderson.cli;

import henderson.api.HendersonException;
import henderson.inference.LinearCombination;
import henderson.inference.WaldTest;
import henderson.report.EstatText;
import henderson.report.FitJson;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code henderson test}. */
@Command(name = "test", description = "Joint Wald test of hypotheses on a saved fit.", sortOptions = false)
final class TestCommand implements Verb {
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "FIT", description = "File of fit --save.")
    private String file;

    @Parameters(
            index = "1..*",
            paramLabel = "HYPOTHESIS",
            description = "Such as \"x1 = x2\" or, that a coefficient is zero, \"x1\".")
    private final List<String> hypotheses = new ArrayList<>();

    @Option(names = "--output", paramLabel = "text|json", description = "What is printed.")
    private String output = "text";

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    TestCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public int run() {
        boolean json = Output.json(output);
        if (hypotheses.isEmpty()) {
            throw new HendersonException("There is no hypothesis to test.", "Maybe name a coefficient.");
        }
        SavedFits saved = SavedFits.read(file, plugins.henderson());
        double[][] weights = new double[hypotheses.size()][];
        double[] constants = new double[hypotheses.size()];
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            String text = hypotheses.get(i).strip();
            Combination c = Combination.hypothesis(text, saved.fit().model().fixedNames());
            weights[i] = c.weights();
            constants[i] = c.constant();
            shown.add(text.indexOf('=') < 0 ? text + " = 0" : text);
        }
        WaldTest test = LinearCombination.joint(saved.fit(), weights, constants);
        out.print(json ? FitJson.write(test) : EstatText.joint(test, shown));
        return saved.fit().convergence().certified() ? Main.GOOD : Main.NOT_CERTIFIED;
    }
}
