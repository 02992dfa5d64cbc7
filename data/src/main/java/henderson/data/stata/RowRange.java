package henderson.data.stata;

import henderson.api.Expression;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code in 1/100}, {@code in 5}, {@code in f/20}, {@code in -10/l}, as a condition on {@code _n}. */
final class RowRange {
    private static final Pattern RANGE = Pattern.compile("(-?\\d+|[fFlL])(?:\\s*/\\s*(-?\\d+|[fFlL]))?");

    private RowRange() {}

    static Expression parse(CommandText source, CommandText written, Dictionary columns) {
        CommandText range = written.strip();
        Matcher m = RANGE.matcher(range.text());
        if (!m.matches()) {
            throw source.error(range.from(), "'in' needs a range of rows.", "Maybe in 1/100.");
        }
        long first = row(m.group(1), columns);
        long last = m.group(2) == null ? first : row(m.group(2), columns);
        long rows = columns.rows() < 0 ? Long.MAX_VALUE : columns.rows();
        if (first < 1 || last < first || last > rows) {
            throw source.error(
                    range.from(),
                    "the rows " + first + " to " + last + " are not in the data"
                            + (columns.rows() < 0 ? "." : ", which have " + columns.rows() + "."),
                    null);
        }
        Expression n = new Expression.Name("_n");
        return new Expression.Binary(
                "&&", new Expression.Binary(">=", n, number(first)), new Expression.Binary("<=", n, number(last)));
    }

    private static Expression number(long k) {
        return new Expression.Number(k, Long.toString(k));
    }

    private static long row(String text, Dictionary columns) {
        return switch (text) {
            case "f", "F" -> 1;
            case "l", "L" -> columns.rows();
            default -> {
                long k = text.length() > 12 ? Long.MAX_VALUE : Long.parseLong(text);
                yield k < 0 ? columns.rows() + 1 + k : k;
            }
        };
    }
}
