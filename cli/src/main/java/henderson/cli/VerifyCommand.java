package henderson.cli;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.data.Table;
import henderson.framework.Henderson;
import henderson.inference.RobustCovariance;
import henderson.inference.Summary;
import henderson.inference.Verification;
import henderson.report.EstatJson;
import henderson.report.VerificationText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code henderson verify}. */
@Command(
        name = "verify",
        description = "Check a saved fit against its data, without fitting: every number and the certificate. Status 3"
                + " when one does not agree, or the data changed.",
        sortOptions = false)
final class VerifyCommand implements Verb {
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "FIT", description = "File of fit --save.")
    private String file;

    @Parameters(index = "1", paramLabel = "DATA", description = "The data it was fitted to.")
    private String data;

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

    VerifyCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public int run() {
        boolean json = Output.json(output);
        Henderson henderson = plugins.henderson();
        SavedFits saved = SavedFits.read(file, henderson);
        FitOptions options = saved.fit().options().withThreads(threads);
        Verification verification;
        String changed;
        try (Listening listening = Listening.of(null, Criterion.ML)) {
            Table table = henderson.read(Path.of(data), saved.asFitted(), listening.listener());
            changed = changed(saved, table);
            Model model = henderson.model(saved.fit().model().spec(), table, listening.listener());
            Fit now = henderson.at(model, saved.fit(), options, listening.listener());
            double level = saved.saved().document().confidenceLevel();
            verification = Verification.of(saved.summary(level), summary(saved, henderson, table, now, level));
        }
        out.print(json ? EstatJson.verification(verification, changed) : VerificationText.of(verification, changed));
        return verification.holds() && changed == null ? Main.GOOD : Main.NOT_CERTIFIED;
    }

    /** With the same kind of covariances. */
    private static Summary summary(SavedFits saved, Henderson henderson, Table table, Fit now, double level) {
        RobustCovariance robust = saved.saved().robust();
        if (robust == null) {
            return Summary.of(now, level);
        }
        List<String> columns = Stream.of(robust.cluster().split(":"))
                .filter(c -> !c.isEmpty() && !c.equals("_all"))
                .toList();
        return henderson.robust(now.model(), now.options(), table, columns).summarize(now, level, FitListener.SILENT);
    }

    private static @Nullable String changed(SavedFits saved, Table table) {
        String before = saved.fit().model().report().digest();
        return before.equals(table.digest())
                ? null
                : "The data are not those of the fit: the digest of " + table.source() + " is "
                        + shown(table.digest()) + ", that of "
                        + saved.fit().model().report().source()
                        + " was " + shown(before) + ".";
    }

    private static String shown(String digest) {
        return digest.length() > 12 ? digest.substring(0, 12) + "…" : digest.isEmpty() ? "not known" : digest;
    }
}
