package henderson.data;

import henderson.api.Expression;
import henderson.api.FitListener;
import henderson.api.Formula;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns of equal length, numeric or categorical, in memory as primitives; immutable. */
public final class Table {
    private final String source;
    private final String digest;
    private final int rows;
    private final Map<String, Column> columns;
    /** Names of all columns of the file, also of those that were passed over. */
    private final List<String> known;

    Table(String source, String digest, int rows, Map<String, Column> columns) {
        this(source, digest, rows, columns, List.copyOf(columns.keySet()));
    }

    Table(String source, String digest, int rows, Map<String, Column> columns, List<String> known) {
        this.known = known;
        this.source = source;
        this.digest = digest;
        this.rows = rows;
        this.columns = Collections.unmodifiableMap(columns);
    }

    /**
     * Reads a file of separated values in one pass. The first line names the columns; the separator (comma, semicolon or
     * tab) is the one most frequent in it. A column is numeric when all its values are numbers. Missing are the empty
     * field, {@code NA}, {@code .} and {@code NaN}. Blank lines are passed over; a column without a name is {@code Vk}, k
     * its number.
     *
     * @throws HendersonException when the file cannot be read as a table; the message names file, row, column and value
     */
    public static Table read(Path file, ReadOptions options, FitListener listener) {
        return new CsvFile(file, options, listener).read();
    }

    /** Starts a table made in memory; {@code source} is a word for it. */
    public static Builder builder(String source) {
        return new Builder(source);
    }

    /** The file, or the word given for it. */
    public String source() {
        return source;
    }

    /** SHA-256 of the file's bytes, hexadecimal; empty for a table made in memory. */
    public String digest() {
        return digest;
    }

    /** Number of rows. */
    public long rows() {
        return rows;
    }

    /** Names of the columns, in the file's order. */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /**
     * What is known of a column; one pass over it.
     *
     * @throws HendersonException when there is no such column
     */
    public ColumnInfo column(String name) {
        return get(name).info(name);
    }

    /**
     * The numbers of a column, NaN where missing.
     *
     * @throws HendersonException when there is no such column, or it holds texts
     */
    public double[] numbers(String name) {
        return evaluate(new Expression.Name(name));
    }

    /** The value of an expression in every row, NaN where missing; true is 1, false is 0. */
    public double[] evaluate(Expression e) {
        ModelSpec plain = ModelSpec.of(new Formula(e, false, List.of(), List.of(), List.of()));
        Vector vector = new Evaluator(new Variables(this, plain), null, Constants.collected()).vector(e);
        double[] out = new double[rows];
        double[] values = new double[Rows.BATCH];
        Scratch scratch = new Scratch();
        Rows.all(rows).forEachBatch((batch, count) -> {
            vector.fill(batch, count, values, scratch);
            System.arraycopy(values, 0, out, batch[0], count);
        });
        return out;
    }

    /** The level of a column in every row, counted from 0 in the column's order, −1 where missing. */
    public int[] codes(String name) {
        CategoricalColumn column = Factors.of(get(name));
        int[] out = new int[rows];
        java.util.Arrays.setAll(out, i -> Math.max(-1, column.code(i)));
        return out;
    }

    /** The levels that {@link #codes} counts, in the column's order; those of numbers are the numbers, ascending. */
    public List<String> levels(String name) {
        return Factors.of(get(name)).levels();
    }

    /**
     * This table with another numeric column, NaN being missing.
     *
     * @throws HendersonException when the name is taken or the length is not that of the table
     */
    public Table with(String name, double[] values) {
        if (values.length != rows || columns.containsKey(name)) {
            throw new HendersonException("Column '" + name + "' cannot be added to '" + source + "': "
                    + (columns.containsKey(name)
                            ? "there is one of that name."
                            : "it has " + values.length + " values for " + rows + " rows."));
        }
        Map<String, Column> more = new LinkedHashMap<>(columns);
        more.put(name, NumericColumn.of(values.clone()));
        return new Table(source, digest, rows, more);
    }

    /**
     * This table without a column.
     *
     * @throws HendersonException when there is no such column, or no other one
     */
    public Table without(String name) {
        get(name);
        Map<String, Column> fewer = new LinkedHashMap<>(columns);
        fewer.remove(name);
        if (fewer.isEmpty()) {
            throw new HendersonException("'" + name + "' is the only column of '" + source + "'.");
        }
        return new Table(source, digest, rows, fewer);
    }

    Column get(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new HendersonException(
                    "No column of '" + source + "' is named '" + name + "'.", Names.advice(name, known));
        }
        return column;
    }

    @Override
    public String toString() {
        return source + ": " + rows + " rows, columns " + String.join(", ", columns.keySet());
    }

    /** Makes a table column by column. */
    public static final class Builder {
        private final String source;
        private final Map<String, Column> columns = new LinkedHashMap<>();
        private int rows = -1;

        private Builder(String source) {
            this.source = source;
        }

        /** Adds a numeric column; NaN is missing. */
        public Builder numeric(String name, double[] values) {
            return put(name, NumericColumn.of(values));
        }

        /** Adds a categorical column; null and the texts that are missing in a file are missing. */
        public Builder categorical(String name, List<@Nullable String> values) {
            return put(name, CategoricalColumn.of(values));
        }

        private Builder put(String name, Column column) {
            if (rows >= 0 && column.size() != rows) {
                throw new HendersonException("Column '" + name + "' has " + column.size()
                        + " values; the columns before it have " + rows + ".");
            }
            if (columns.put(name, column) != null) {
                throw new HendersonException("Two columns are named '" + name + "'.");
            }
            rows = column.size();
            return this;
        }

        /** The table. */
        public Table build() {
            if (rows <= 0) {
                throw new HendersonException("Table '" + source + "' has no rows.");
            }
            return new Table(source, "", rows, new LinkedHashMap<>(columns));
        }
    }
}
