package henderson.data.stata;

import henderson.api.Expression;
import henderson.data.Table;

/** Parts of commands that are no models: columns and expressions. */
public final class StataWords {
    private StataWords() {}

    /**
     * The column that a name, or a beginning of one, means.
     *
     * @throws henderson.api.HendersonException when it is none, or short for several
     */
    public static String column(Table table, String written) {
        return Dictionary.of(table).resolve(CommandText.of(written), 0, written);
    }

    /** An expression of columns, such as {@code gcse + lrt} or {@code nstu > 4 & !missing(x)}. */
    public static Expression expression(Table table, String text) {
        return StataExpression.parse(CommandText.of(text), Dictionary.of(table));
    }

    /** Whether a column holds texts. */
    public static boolean isText(Table table, String name) {
        return Dictionary.of(table).isText(name);
    }
}
