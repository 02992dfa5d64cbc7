package henderson.cli.stata;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.data.Models;
import henderson.data.Table;
import henderson.data.stata.StataWords;
import henderson.framework.Henderson;
import henderson.inference.Outcomes;
import henderson.inference.Prediction;
import henderson.inference.Prediction.Effects;
import henderson.inference.Prediction.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code predict}: new columns of what the last fit says of each row. */
final class Predict {
    private static final String[] LINEAR = {"xb", "stdp", "fitted", "residuals", "rstandard", "reffects", "reses"};
    private static final String[] GENERALIZED = {
        "mu",
        "pr",
        "eta",
        "xb",
        "stdp",
        "fitted",
        "residuals",
        "pearson",
        "deviance",
        "anscombe",
        "reffects",
        "reses",
        "conditional",
        "ebmeans",
        "ebmodes",
        "fixedonly",
        "marginal",
        "outcome"
    };
    private static final List<String> TYPES = List.of("byte", "int", "long", "float", "double");

    private final Workspace work;
    private final DataCommands data;
    private final Henderson henderson;

    Predict(Workspace work, DataCommands data, Henderson henderson) {
        this.henderson = henderson;
        this.work = work;
        this.data = data;
    }

    void run(Words words) {
        Fitted fitted = work.current();
        words.allow(fitted.fit().generalized() ? GENERALIZED : LINEAR);
        List<String> names = new ArrayList<>(words.names());
        if (!names.isEmpty() && TYPES.contains(names.get(0))) {
            names.remove(0);
        }
        Effects effects = Conditional.of(words, fitted);
        if (fitted.table().rows() != work.table().rows()
                || !fitted.table().source().equals(work.table().source())) {
            throw new HendersonException(
                    "The data have changed since the last fit; predict cannot add columns to them.");
        }
        String errors = words.argument("reses", 4);
        if (errors != null && !errors.isEmpty()) {
            add(words, fitted, Quantity.RESES, effects, List.of(errors.split("\\s+")));
        }
        Quantity quantity = quantity(words, errors, fitted.fit());
        if (quantity != null) {
            add(words, fitted, quantity, effects, names);
        }
    }

    private static @Nullable Quantity quantity(Words words, @Nullable String errors, Fit fit) {
        List<Quantity> asked = new ArrayList<>();
        for (Quantity q : Quantity.values()) {
            if (q != Quantity.RESES && words.has(q.text(), Math.min(3, q.text().length()))) {
                asked.add(q);
            }
        }
        if (asked.size() > 1) {
            throw new HendersonException("Command: predict gives one quantity at a time.");
        }
        if (asked.isEmpty() && errors != null && words.names().isEmpty()) {
            return null;
        }
        Quantity usual = fit.generalized() ? Quantity.MU : Quantity.XB;
        return asked.isEmpty() ? usual : asked.get(0);
    }

    private void add(Words words, Fitted fitted, Quantity quantity, Effects effects, List<String> asked) {
        Prediction prediction = Prediction.of(fitted.fit(), List.of(quantity), effects);
        int all = prediction.columns().size();
        int only = outcome(words, prediction, quantity);
        int columns = only < 0 ? all : 1;
        List<String> names = names(asked, columns, quantity);
        double[][] values = new double[columns][(int) work.table().rows()];
        for (double[] column : values) {
            Arrays.fill(column, Double.NaN);
        }
        if (effects == Effects.MEANS && quantity != Quantity.XB && quantity != Quantity.STDP) {
            work.out().println("(posterior means of random effects)");
        }
        Model model = rows(fitted, quantity, effects);
        prediction.forEachRow(model, (row, v) -> {
            for (int k = 0; k < columns; k++) {
                values[k][(int) row - 1] = v[only < 0 ? k : only];
            }
        });
        double[] truth = words.filter() == null
                ? null
                : work.table().evaluate(StataWords.expression(work.table(), words.filter()));
        for (int k = 0; k < columns; k++) {
            for (int i = 0; truth != null && i < truth.length; i++) {
                values[k][i] = truth[i] == 0 || Double.isNaN(truth[i]) ? Double.NaN : values[k][i];
            }
            data.add(names.get(k), values[k]);
        }
    }

    /** {@code outcome(2)}, a value, or {@code outcome(#2)}, the second; −1 for all. */
    private static int outcome(Words words, Prediction prediction, Quantity quantity) {
        String asked = words.argument("outcome", 3);
        if (asked == null) {
            return -1;
        }
        List<String> columns = prediction.columns();
        int found = asked.matches("#\\d{1,4}")
                ? Integer.parseInt(asked.substring(1)) - 1
                : columns.indexOf(quantity.text() + '(' + asked + ')');
        if (columns.size() < 3 || found < 0 || found >= columns.size()) {
            throw new HendersonException(
                    "Command: outcome() cannot be '" + asked + "'.",
                    columns.size() < 3
                            ? "It is for ordered outcomes."
                            : "Maybe #1 to #" + columns.size() + ", or one of the outcomes.");
        }
        return found;
    }

    /** What needs no random effects is known of every row with predictors, the rest of rows that were fitted. */
    private Model rows(Fitted fitted, Quantity quantity, Effects effects) {
        Fit fit = fitted.fit();
        boolean zero = effects == Effects.NONE || effects == Effects.MARGINAL;
        boolean ofEffects = quantity == Quantity.REFFECTS || quantity == Quantity.RESES;
        if (quantity != Quantity.XB && quantity != Quantity.STDP && (!zero || ofEffects)) {
            return fit.model();
        }
        ModelSpec everyRow = fit.model().spec().withWhere(null);
        Table table = fitted.table();
        Model model = fit.model();
        return Models.rebind(
                everyRow,
                model.frame(),
                model.random(),
                model.residual(),
                table,
                henderson.registry(),
                Outcomes.of(model));
    }

    private static List<String> names(List<String> asked, int columns, Quantity quantity) {
        if (asked.size() == 1 && asked.get(0).endsWith("*")) {
            String stub = asked.get(0).substring(0, asked.get(0).length() - 1);
            List<String> out = new ArrayList<>();
            for (int k = 1; k <= columns; k++) {
                out.add(stub + k);
            }
            return out;
        }
        if (asked.size() != columns) {
            throw new HendersonException(
                    "Command: predict gives " + columns + (columns == 1 ? " column" : " columns") + " of "
                            + quantity.text() + "; " + asked.size() + " names are given.",
                    columns == 1 ? "Maybe predict name, " + quantity.text() + "." : "Maybe predict b*, reffects.");
        }
        return asked;
    }
}
