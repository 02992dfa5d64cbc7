package henderson.data;

import henderson.api.Expression;
import henderson.api.Formula;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.ModelSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of a table as a model sees them: declared factors are categorical, others as they were found. */
final class Variables {
    private final Table table;
    private final ModelSpec spec;
    private final Map<String, Column> columns = new HashMap<>();
    private final Map<String, CategoricalColumn> factors = new HashMap<>();

    /** The data. */
    Table table() {
        return table;
    }

    Variables(Table table, ModelSpec spec) {
        this.table = table;
        this.spec = spec;
        spec.factors().keySet().forEach(table::get);
        spec.numeric().forEach(name -> numeric(name));
    }

    ColumnNames naming() {
        return ColumnNames.of(spec.language());
    }

    Language language() {
        return spec.language();
    }

    String source() {
        return table.source();
    }

    int rows() {
        return (int) table.rows();
    }

    Column column(String name) {
        Column known = columns.get(name);
        if (known == null) {
            List<String> levels = spec.factors().get(name);
            known = levels == null
                    ? table.names().contains(name) ? table.get(name) : builtIn(name)
                    : Factors.of(table.get(name)).declare(levels);
            columns.put(name, known);
        }
        return known;
    }

    /** {@code _n}, the number of the row; {@code _N}, how many there are; {@code _all}, one level that all rows have. */
    private Column builtIn(String name) {
        double[] values = new double[rows()];
        switch (name) {
            case "_n" -> java.util.Arrays.setAll(values, i -> i + 1.0);
            case "_N" -> java.util.Arrays.fill(values, rows());
            case "_all" -> java.util.Arrays.fill(values, 1);
            default -> {
                return table.get(name);
            }
        }
        return name.equals("_all") ? Factors.of(NumericColumn.of(values)) : NumericColumn.of(values);
    }

    /** Whether the table has a column, or it is made by its name. */
    boolean has(String name) {
        return table.names().contains(name) || List.of("_n", "_N", "_all").contains(name);
    }

    /** The columns of a factor {@code a:b}; a column may itself be named so. */
    List<String> grouping(String name) {
        return has(name) || !name.contains(":") ? List.of(name) : List.of(name.split(":"));
    }

    boolean isCategorical(String name) {
        return column(name) instanceof CategoricalColumn;
    }

    /** A column as a factor. */
    CategoricalColumn factor(String name) {
        CategoricalColumn known = factors.get(name);
        if (known == null) {
            known = Factors.of(column(name));
            factors.put(name, known);
        }
        return known;
    }

    /** A column as numbers; an error that shows a text it holds when it is categorical. */
    NumericColumn numeric(String name) {
        if (column(name) instanceof NumericColumn n) {
            return n;
        }
        CategoricalColumn c = (CategoricalColumn) column(name);
        CategoricalColumn.FirstText text = c.firstText();
        String why = text == null
                ? "its levels are " + shown(c.levels())
                : "row " + text.row() + " holds '" + text.text() + "'";
        throw new HendersonException(
                "Column '" + name + "' of '" + source() + "' is categorical, and numbers are needed: " + why + ".",
                text == null
                        ? "Maybe it should not be declared a factor."
                        : "Maybe that stands for a missing value; those are an empty field, NA, '.' and NaN.");
    }

    static String shown(List<String> levels) {
        int n = Math.min(6, levels.size());
        return String.join(", ", levels.subList(0, n)) + (n < levels.size() ? ", …" : "");
    }

    /** Names of the columns an expression looks at, in order; grouping factors included. */
    static List<String> names(Expression e) {
        List<String> out = new ArrayList<>();
        collect(e, out);
        return out;
    }

    /** Names of the columns that the right side of a formula looks at. */
    static List<String> names(Formula formula) {
        List<String> out = new ArrayList<>();
        formula.fixed().forEach(t -> t.factors().forEach(e -> collect(e, out)));
        formula.offsets().forEach(e -> collect(e, out));
        for (Formula.RandomTerm r : formula.random()) {
            r.terms().forEach(t -> t.factors().forEach(e -> collect(e, out)));
            r.grouping().forEach(name -> collect(new Expression.Name(name), out));
            RandomCalls.columns(r).forEach(name -> collect(new Expression.Name(name), out));
        }
        return out;
    }

    private static void collect(Expression e, List<String> out) {
        if (e instanceof Expression.Name n && !out.contains(n.name())) {
            out.add(n.name());
        } else if (e instanceof Expression.Unary u) {
            collect(u.operand(), out);
        } else if (e instanceof Expression.Binary b) {
            collect(b.left(), out);
            collect(b.right(), out);
        } else if (e instanceof Expression.Call c) {
            c.arguments().forEach(a -> collect(a, out));
        }
    }
}
