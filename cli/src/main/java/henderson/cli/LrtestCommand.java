package henderson.cli;

import henderson.framework.Henderson;
import henderson.inference.LikelihoodRatio;
import henderson.report.EstatJson;
import henderson.report.EstatText;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code henderson lrtest}. */
@Command(name = "lrtest", description = "Likelihood-ratio test of two saved fits, in any order.", sortOptions = false)
final class LrtestCommand implements Verb {
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "FIT", description = "File of fit --save.")
    private String first;

    @Parameters(index = "1", paramLabel = "FIT", description = "File of fit --save.")
    private String second;

    @Option(names = "--force", description = "Test even where the models cannot be seen to be nested.")
    private boolean force;

    @Option(names = "--output", paramLabel = "text|json", description = "What is printed.")
    private String output = "text";

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    LrtestCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public int run() {
        boolean json = Output.json(output);
        Henderson henderson = plugins.henderson();
        SavedFits a = SavedFits.read(first, henderson);
        SavedFits b = SavedFits.read(second, henderson);
        LikelihoodRatio ratio = LikelihoodRatio.of(a.candidate(), b.candidate(), force);
        boolean swap = a.fit().parameterCount() > b.fit().parameterCount();
        String smaller = swap ? b.name() : a.name();
        String larger = swap ? a.name() : b.name();
        out.print(
                json
                        ? EstatJson.likelihoodRatio(ratio, smaller, larger)
                        : EstatText.likelihoodRatio(ratio, smaller, larger));
        boolean certified =
                a.fit().convergence().certified() && b.fit().convergence().certified();
        return certified ? Main.GOOD : Main.NOT_CERTIFIED;
    }
}
