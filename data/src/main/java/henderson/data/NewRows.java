package henderson.data;

import henderson.api.BoundFamily;
import henderson.api.DataReport;
import henderson.api.Expression;
import henderson.api.Formula;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelFrame;
import henderson.api.ModelSpec;
import henderson.api.Registry;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rows of another table, coded as those of a fitted model. */
final class NewRows {
    private final ModelSpec spec;
    private final ModelFrame frame;
    private final List<Term> terms;
    private final Table table;
    private final Variables variables;
    private final @Nullable Term residual;
    private @Nullable NewResponse generalized;

    NewRows(ModelSpec spec, ModelFrame frame, List<Term> terms, @Nullable Term residual, Table table) {
        this.residual = residual;
        this.spec = asFitted(spec, frame);
        this.frame = frame;
        this.terms = terms;
        this.table = table;
        this.variables = new Variables(table, this.spec);
    }

    /** With family and link, where the model has them. */
    NewRows withFamily(Registry registry, List<String> outcomes) {
        generalized = NewResponse.of(spec, variables, registry, outcomes);
        return this;
    }

    /** Categories as they are declared or found; one found that the fit has not seen is to be told, not dropped. */
    private static ModelSpec asFitted(ModelSpec spec, ModelFrame frame) {
        Map<String, List<String>> categorical = new TreeMap<>();
        frame.categorical().forEach(name -> categorical.put(name, spec.factors().getOrDefault(name, List.of())));
        Set<String> numeric = new TreeSet<>(spec.numeric());
        numeric.retainAll(Variables.names(spec.formula()));
        return spec.withFactors(categorical).withNumeric(numeric);
    }

    Model build() {
        Formula formula = spec.formula();
        RowSelection selection = RowSelection.ofPredictors(spec, variables);
        Rows used = selection.rows();
        DesignBuilder designs = new DesignBuilder(variables, used, Constants.of(frame));
        Design all = designs.build(formula.intercept(), formula.fixed(), false);
        if (all.columns() != frame.kept().size()) {
            throw new HendersonException("The rows of '" + table.source() + "' make " + all.columns()
                    + " columns; the fit had " + frame.kept().size() + ".");
        }
        boolean[] keep = new boolean[all.columns()];
        for (int j = 0; j < keep.length; j++) {
            keep[j] = frame.kept().get(j);
        }
        List<Design> z = new ArrayList<>();
        List<Factor> levels = new ArrayList<>();
        for (int t = 0; t < terms.size(); t++) {
            Formula.RandomTerm asked = formula.random().get(t);
            z.add(RandomDesign.of(asked, RandomCalls.around(asked), designs).design());
            CategoricalColumn group = Combination.of(variables, asked.grouping(), used);
            levels.add(Factor.as(asked.group(), group, terms.get(t).levels()));
        }
        Design x = all.without(keep);
        Vector response = generalized == null ? response(designs) : generalized.values(designs.evaluator());
        NewResiduals places = NewResiduals.of(residual, frame.residual(), variables, used);
        TableModel.Parts parts = new TableModel.Parts(
                variables.rows(),
                used,
                response,
                column(spec.weights()),
                column(spec.frequencyWeights()),
                offset(designs.evaluator()),
                x,
                z,
                levels,
                places);
        TableModel.Labels labels = new TableModel.Labels(
                formula.response() instanceof Expression.Name n
                        ? n.name()
                        : formula.response().toString(),
                0,
                new double[x.columns()],
                terms,
                places == null ? null : places.term());
        DataReport report = new DataReport(
                table.source(),
                table.digest(),
                table.rows(),
                used.count(),
                selection.dropped(),
                List.of(),
                places == null ? List.of() : places.unseen(),
                List.of(),
                List.of());
        BoundFamily family = generalized == null
                ? null
                : generalized.family(
                        designs.evaluator(), used, response, column(spec.weights()), column(spec.frequencyWeights()));
        return new TableModel(spec, parts, labels, report, () -> frame, family, null);
    }

    /** The response where the table has it; NaN otherwise. */
    private Vector response(DesignBuilder designs) {
        Expression response = spec.formula().response();
        if (response instanceof Expression.Call c && c.function().equals("cbind")) {
            response = c.arguments().get(0);
        }
        boolean there = table.names().containsAll(Variables.names(response))
                && !(response instanceof Expression.Call c && c.function().equals("factor"))
                && !(response instanceof Expression.Name n && variables.isCategorical(n.name()));
        return there
                ? designs.evaluator().vector(response)
                : (rows, count, out, scratch) -> Arrays.fill(out, 0, count, Double.NaN);
    }

    private @Nullable Vector column(@Nullable String name) {
        if (name == null) {
            return null;
        }
        if (!table.names().contains(name)) {
            return (rows, count, out, scratch) -> Arrays.fill(out, 0, count, Double.NaN);
        }
        NumericColumn column = variables.numeric(name);
        return (rows, count, out, scratch) -> column.gather(rows, count, out);
    }

    private @Nullable Vector offset(Evaluator evaluator) {
        Expression sum = null;
        for (Expression o : spec.formula().offsets()) {
            sum = sum == null ? o : new Expression.Binary("+", sum, o);
        }
        return sum == null ? null : evaluator.vector(sum);
    }
}
