package henderson.cli;

import henderson.api.Criterion;
import henderson.api.DataReport;
import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.data.RFormula;
import henderson.data.Table;
import henderson.framework.Henderson;
import henderson.inference.Prediction;
import henderson.inference.Prediction.Quantity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code henderson predict}. */
@Command(
        name = "predict",
        description = "Predict rows of a data file from a saved fit, as CSV. Rows of its own data, or new ones.",
        sortOptions = false)
final class PredictCommand implements Verb {
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(index = "0", paramLabel = "FIT", description = "File of fit --save.")
    private String file;

    @Parameters(index = "1", paramLabel = "DATA", description = "CSV file with the model's predictors.")
    private String data;

    @Option(
            names = "--what",
            paramLabel = "NAME,...",
            description =
                    "xb, stdp, fitted, reffects, reses, residuals, rstandard (default: xb,fitted); of a model with"
                            + " a family xb, stdp, eta, mu, pr, reffects, reses, residuals, pearson, deviance, anscombe"
                            + " (default: mu).")
    private @Nullable String what;

    @Mixin
    private EffectOptions effects;

    @Option(
            names = "--where",
            paramLabel = "FILTER",
            description = "Rows to predict (default: those of the fit in its own data, all rows of other data).")
    private @Nullable String where;

    @Option(names = "--output", paramLabel = "FILE", description = "Where the CSV goes (default: printed).")
    private @Nullable String output;

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    PredictCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public int run() {
        List<Quantity> quantities = new ArrayList<>();
        if (what != null) {
            quantities.addAll(quantities(what));
        }
        Henderson henderson = plugins.henderson();
        SavedFits saved = SavedFits.read(file, henderson);
        if (what == null) {
            quantities.addAll(quantities(saved.fit().generalized() ? "mu" : "xb,fitted"));
        }
        Prediction prediction = Prediction.of(saved.fit(), quantities, effects.kind());
        Model rows;
        try (Listening listening = Listening.of(null, Criterion.ML)) {
            Table table = henderson.read(Path.of(data), saved.forOthers(), listening.listener());
            rows = rows(henderson, saved, table, quantities, listening);
        }
        if (output == null) {
            write(prediction, rows, out);
        } else {
            try (PrintStream to = new PrintStream(Files.newOutputStream(Path.of(output)), false, "UTF-8")) {
                write(prediction, rows, to);
                if (to.checkError()) {
                    throw new HendersonException(output + " cannot be written.");
                }
            } catch (IOException e) {
                throw new HendersonException(output + " cannot be written: " + e.getMessage(), null, e);
            }
        }
        remarks(saved, prediction, rows);
        return saved.fit().convergence().certified() ? Main.GOOD : Main.NOT_CERTIFIED;
    }

    private static List<Quantity> quantities(String names) {
        return Stream.of(names.split(",")).map(Quantity::of).toList();
    }

    /** Whitened residuals need the residual groups of the fit; everything else any rows with its predictors. */
    private Model rows(
            Henderson henderson, SavedFits saved, Table table, List<Quantity> quantities, Listening listening) {
        Fit fit = saved.fit();
        boolean own = table.digest().equals(fit.model().report().digest()) && where == null;
        return own && fit.residual() != null && quantities.contains(Quantity.RSTANDARD)
                ? henderson.model(fit.model().spec(), table, listening.listener())
                : henderson.rebind(fit, table, where == null ? null : RFormula.parseFilter(where));
    }

    private static void write(Prediction prediction, Model rows, PrintStream to) {
        StringBuilder line = new StringBuilder("row");
        prediction.columns().forEach(c -> line.append(',').append(quoted(c)));
        to.append(line.append('\n'));
        prediction.forEachRow(rows, (row, values) -> {
            line.setLength(0);
            line.append(row);
            for (double v : values) {
                line.append(',');
                if (Double.isFinite(v)) {
                    line.append(v);
                }
            }
            to.append(line.append('\n'));
        });
    }

    /** As a field of a CSV file. */
    static String quoted(String name) {
        boolean plain = name.indexOf(',') < 0 && name.indexOf('"') < 0 && name.indexOf('\n') < 0;
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** On stderr: the CSV may go to a pipe. */
    private void remarks(SavedFits saved, Prediction prediction, Model rows) {
        for (int t = 0; t < saved.fit().random().size(); t++) {
            long unseen = prediction.unseen(t);
            if (unseen > 0) {
                err.println(String.format(
                        Locale.ROOT,
                        "%,d rows have levels of %s that the fit has not seen; their effects are zero.",
                        unseen,
                        saved.fit().random().get(t).term().group()));
            }
        }
        for (DataReport.Dropped d : rows.report().dropped()) {
            err.println(String.format(
                    Locale.ROOT,
                    "%,d rows of %s are not predicted: %s %s.",
                    d.count(),
                    rows.report().source(),
                    d.reason(),
                    d.variable()));
        }
    }
}
