package henderson.cli.stata;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.data.Models;
import henderson.data.Table;
import henderson.data.stata.StataWords;
import henderson.inference.Prediction;
import henderson.inference.Prediction.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code predict}: new columns of what the last fit says of each row. */
final class Predict {
    private static final List<String> TYPES = List.of("byte", "int", "long", "float", "double");

    private final Workspace work;
    private final DataCommands data;

    Predict(Workspace work, DataCommands data) {
        this.work = work;
        this.data = data;
    }

    void run(Words words) {
        words.allow("xb", "stdp", "fitted", "residuals", "rstandard", "reffects", "reses");
        List<String> names = new ArrayList<>(words.names());
        if (!names.isEmpty() && TYPES.contains(names.get(0))) {
            names.remove(0);
        }
        Fitted fitted = work.current();
        if (fitted.table().rows() != work.table().rows()
                || !fitted.table().source().equals(work.table().source())) {
            throw new HendersonException(
                    "The data have changed since the last fit; predict cannot add columns to them.");
        }
        String errors = words.argument("reses", 4);
        if (errors != null && !errors.isEmpty()) {
            add(words, fitted, Quantity.RESES, List.of(errors.split("\\s+")));
        }
        Quantity quantity = quantity(words, errors);
        if (quantity != null) {
            add(words, fitted, quantity, names);
        }
    }

    private static @org.jspecify.annotations.Nullable Quantity quantity(
            Words words, @org.jspecify.annotations.Nullable String errors) {
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
        return asked.isEmpty() ? Quantity.XB : asked.get(0);
    }

    private void add(Words words, Fitted fitted, Quantity quantity, List<String> asked) {
        Fit fit = fitted.fit();
        Prediction prediction = Prediction.of(fit, List.of(quantity));
        int columns = prediction.columns().size();
        List<String> names = names(asked, columns, quantity);
        double[][] values = new double[columns][(int) work.table().rows()];
        for (double[] column : values) {
            Arrays.fill(column, Double.NaN);
        }
        Model model = rows(fitted, quantity);
        prediction.forEachRow(model, (row, v) -> {
            for (int k = 0; k < columns; k++) {
                values[k][(int) row - 1] = v[k];
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

    /** The fixed part is known of every row with predictors, the rest of rows that were fitted. */
    private Model rows(Fitted fitted, Quantity quantity) {
        Fit fit = fitted.fit();
        if (quantity != Quantity.XB && quantity != Quantity.STDP) {
            return fit.model();
        }
        ModelSpec everyRow = fit.model().spec().withWhere(null);
        Table table = fitted.table();
        Model model = fit.model();
        return Models.rebind(everyRow, model.frame(), model.random(), model.residual(), table);
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
