package henderson.data;

import henderson.api.DataReport.Dropped;
import henderson.api.Expression;
import henderson.api.Formula;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a model uses. A row leaves for the first of these reasons: the filter is false ({@code where}), the filter
 * cannot be decided ({@code missing}, under the first variable of the filter without a value), a variable has no value
 * ({@code missing}) or one that is not a declared level ({@code undeclared level}), in the order response, fixed terms,
 * offsets, random terms, residual structure, weights, frequency weights; its weight is zero ({@code zero weight}).
 */
final class RowSelection {
    private record Reason(String reason, String variable) {}

    /** Takes rows out of a batch; returns how many stay, in place. */
    private interface Check {
        int keep(int[] rows, int count);
    }

    private final Variables variables;
    private final Evaluator evaluator;
    private final Scratch scratch = new Scratch();
    private final double[] values = new double[Rows.BATCH];
    private final List<Check> checks = new ArrayList<>();
    private final Set<String> checked = new LinkedHashSet<>();
    private final Map<Reason, Long> dropped = new LinkedHashMap<>();
    private final BitSet used = new BitSet();

    private RowSelection(Variables variables) {
        this.variables = variables;
        this.evaluator = new Evaluator(variables, null, Constants.collected());
    }

    /**
     * @param counts   successes and trials, where the response has them
     * @param residual columns of the residual structure
     */
    static RowSelection of(
            ModelSpec spec, Variables variables, Expression.@Nullable Binary counts, Set<String> residual) {
        RowSelection out = new RowSelection(variables);
        out.where(spec.where());
        out.response(spec.formula().response(), counts);
        out.predictors(spec.formula());
        residual.forEach(out::column);
        if (spec.weights() != null) {
            out.weights(spec.weights());
        }
        if (spec.frequencyWeights() != null) {
            out.frequencies(spec.frequencyWeights());
        }
        out.run();
        return out;
    }

    /** Rows for which a model can be evaluated: response and weights may be missing. */
    static RowSelection ofPredictors(ModelSpec spec, Variables variables) {
        RowSelection out = new RowSelection(variables);
        out.where(spec.where());
        out.predictors(spec.formula());
        out.run();
        return out;
    }

    Rows rows() {
        return new Rows(used);
    }

    List<Dropped> dropped() {
        List<Dropped> out = new ArrayList<>();
        dropped.forEach((r, count) -> {
            if (count > 0) {
                out.add(new Dropped(r.reason(), r.variable(), count));
            }
        });
        return out;
    }

    private void predictors(Formula formula) {
        formula.fixed().forEach(t -> t.factors().forEach(this::variable));
        formula.offsets().forEach(this::exposure);
        formula.offsets().forEach(this::variable);
        for (Formula.RandomTerm r : formula.random()) {
            r.terms().forEach(t -> t.factors().forEach(this::variable));
            r.grouping().forEach(this::column);
            RandomCalls.columns(r).forEach(this::column);
        }
    }

    private void response(Expression response, Expression.@Nullable Binary counts) {
        if (counts == null) {
            variable(response);
            return;
        }
        variable(counts.left());
        variable(counts.right());
        Vector trials = evaluator.vector(counts.right());
        Reason none = new Reason("zero trials", counts.right().toString());
        checks.add((rows, count) -> {
            trials.fill(rows, count, values, scratch);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (values[i] == 0) {
                    count(none);
                } else {
                    rows[kept++] = rows[i];
                }
            }
            return kept;
        });
    }

    /** What stands in the logarithm of an offset is positive. */
    private void exposure(Expression offset) {
        if (!(offset instanceof Expression.Call c && c.function().equals("log"))) {
            return;
        }
        Vector exposure = evaluator.vector(c.arguments().get(0));
        String name = c.arguments().get(0).toString();
        checks.add((rows, count) -> {
            exposure.fill(rows, count, values, scratch);
            for (int i = 0; i < count; i++) {
                if (values[i] <= 0) {
                    throw at(
                            name,
                            rows[i],
                            "the exposure " + Numbers.shortest(values[i])
                                    + " is not positive, and its logarithm is added");
                }
            }
            return count;
        });
    }

    private void where(@Nullable Expression filter) {
        if (filter == null) {
            return;
        }
        Vector truth = evaluator.vector(filter);
        Reason refused = new Reason("where", filter.toString());
        dropped.put(refused, 0L);
        List<String> names = Variables.names(filter);
        checks.add((rows, count) -> {
            truth.fill(rows, count, values, scratch);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (Double.isNaN(values[i])) {
                    count(new Reason("missing", firstMissing(names, rows[i], filter.toString())));
                } else if (values[i] == 0) {
                    count(refused);
                } else {
                    rows[kept++] = rows[i];
                }
            }
            return kept;
        });
    }

    private String firstMissing(List<String> names, int row, String otherwise) {
        for (String name : names) {
            if (variables.column(name).missing(row)) {
                return name;
            }
        }
        return otherwise;
    }

    private void count(Reason reason) {
        dropped.merge(reason, 1L, Long::sum);
    }

    /** The columns of an expression, then its value where that does not depend on other rows. */
    private void variable(Expression e) {
        Variables.names(e).forEach(this::column);
        boolean whole = e instanceof Expression.Name
                || e instanceof Expression.Call c
                        && (c.function().equals("factor") || c.function().equals("cbind"));
        if (whole || !checked.add(e.toString())) {
            return;
        }
        if (e instanceof Expression.Call c
                && (c.function().equals("poly") || Functions.OF_GROUPS.contains(c.function()))) {
            Expression inner = c.arguments().get(0);
            variable(inner instanceof Expression.Binary b && b.operator().equals("|") ? b.left() : inner);
        } else if (!ofGroups(e)) {
            expression(e);
        }
    }

    private static boolean ofGroups(Expression e) {
        if (e instanceof Expression.Call c) {
            return Functions.OF_GROUPS.contains(c.function())
                    || c.arguments().stream().anyMatch(RowSelection::ofGroups);
        }
        return e instanceof Expression.Unary u && ofGroups(u.operand())
                || e instanceof Expression.Binary b && (ofGroups(b.left()) || ofGroups(b.right()));
    }

    private void expression(Expression e) {
        Vector vector = evaluator.vector(e);
        String name = e.toString();
        checks.add((rows, count) -> {
            vector.fill(rows, count, values, scratch);
            return keepNumbers(name, rows, count);
        });
    }

    private void column(String name) {
        if (!checked.add(name)) {
            return;
        }
        Column column = variables.column(name);
        if (column instanceof NumericColumn n) {
            if (n.facts().finite()) {
                return;
            }
            checks.add((rows, count) -> {
                n.gather(rows, count, values);
                return keepNumbers(name, rows, count);
            });
        } else {
            CategoricalColumn c = (CategoricalColumn) column;
            if (c.complete()) {
                return;
            }
            checks.add((rows, count) -> keepLevels(name, c, rows, count));
        }
    }

    private int keepNumbers(String name, int[] rows, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (Double.isNaN(values[i])) {
                count(new Reason("missing", name));
            } else if (Double.isInfinite(values[i])) {
                throw at(name, rows[i], "the value " + values[i] + " is infinite");
            } else {
                rows[kept++] = rows[i];
            }
        }
        return kept;
    }

    private HendersonException at(String name, int row, String what) {
        return new HendersonException(
                "'" + variables.source() + "', row " + (row + 1L) + ", column '" + name + "': " + what + ".",
                "Maybe leave the row out with --where.");
    }

    private int keepLevels(String name, CategoricalColumn column, int[] rows, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int code = column.code(rows[i]);
            if (code >= 0) {
                rows[kept++] = rows[i];
            } else {
                count(new Reason(code == CategoricalColumn.UNDECLARED ? "undeclared level" : "missing", name));
            }
        }
        return kept;
    }

    private void weights(String name) {
        NumericColumn column = variables.numeric(name);
        column(name);
        checks.add((rows, count) -> {
            column.gather(rows, count, values);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (values[i] < 0) {
                    throw at(name, rows[i], "the weight " + Numbers.shortest(values[i]) + " is negative");
                }
                if (values[i] == 0) {
                    count(new Reason("zero weight", name));
                } else {
                    rows[kept++] = rows[i];
                }
            }
            return kept;
        });
    }

    private void frequencies(String name) {
        NumericColumn column = variables.numeric(name);
        column(name);
        checks.add((rows, count) -> {
            column.gather(rows, count, values);
            for (int i = 0; i < count; i++) {
                if (values[i] < 1 || values[i] != Math.rint(values[i])) {
                    throw at(
                            name,
                            rows[i],
                            "the frequency weight " + Numbers.shortest(values[i]) + " is not a positive whole number");
                }
            }
            return count;
        });
    }

    private void run() {
        int[] rows = new int[Rows.BATCH];
        if (checks.isEmpty()) {
            used.set(0, variables.rows());
        }
        for (int from = 0; !checks.isEmpty() && from < variables.rows(); from += Rows.BATCH) {
            int count = Math.min(Rows.BATCH, variables.rows() - from);
            for (int i = 0; i < count; i++) {
                rows[i] = from + i;
            }
            for (Check check : checks) {
                count = check.keep(rows, count);
            }
            for (int i = 0; i < count; i++) {
                used.set(rows[i]);
            }
        }
        if (used.isEmpty()) {
            List<String> why = new ArrayList<>();
            dropped().forEach(d -> why.add(d.reason() + " '" + d.variable() + "' " + d.count()));
            throw new HendersonException(
                    "All " + variables.rows() + " rows of '" + variables.source() + "' are dropped: "
                            + String.join(", ", why) + ".",
                    "Maybe the filter or the declared levels do not match the data.");
        }
    }
}
