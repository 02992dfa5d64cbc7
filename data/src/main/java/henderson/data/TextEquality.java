package henderson.data;

import henderson.api.Expression;
import henderson.api.HendersonException;
import java.util.List;

/** {@code sex == "F"}, {@code a != b} for categorical columns. */
final class TextEquality {
    private TextEquality() {}

    static Vector of(Variables variables, Expression.Binary b) {
        boolean equal = b.operator().equals("==");
        if (b.left() instanceof Expression.Text t) {
            return constant(variables, b.right(), t.value(), equal);
        }
        if (b.right() instanceof Expression.Text t) {
            return constant(variables, b.left(), t.value(), equal);
        }
        if (b.left() instanceof Expression.Name l && b.right() instanceof Expression.Name r) {
            return columns(variables.factor(l.name()), variables.factor(r.name()), equal);
        }
        throw new HendersonException(
                "The filter '" + b + "' compares a categorical variable with a number.",
                "Maybe put the level between quotes.");
    }

    private static Vector constant(Variables variables, Expression side, String text, boolean equal) {
        if (!(side instanceof Expression.Name n)) {
            throw new HendersonException("'" + side + "' cannot be compared with the text \"" + text + "\".");
        }
        CategoricalColumn column = variables.factor(n.name());
        int wanted = column.levels().indexOf(text);
        if (wanted < 0) {
            double number = Numbers.parse(text);
            for (int i = 0; i < column.levels().size() && !Double.isNaN(number); i++) {
                wanted = Numbers.parse(column.levels().get(i)) == number ? i : wanted;
            }
        }
        int code = wanted;
        return (rows, count, out, scratch) -> {
            for (int i = 0; i < count; i++) {
                int c = column.code(rows[i]);
                out[i] = c < 0 ? Double.NaN : c == code == equal ? 1 : 0;
            }
        };
    }

    private static Vector columns(CategoricalColumn a, CategoricalColumn b, boolean equal) {
        List<String> levels = b.levels();
        int[] same = new int[a.levels().size()];
        for (int i = 0; i < same.length; i++) {
            same[i] = levels.indexOf(a.levels().get(i));
        }
        return (rows, count, out, scratch) -> {
            for (int i = 0; i < count; i++) {
                int c = a.code(rows[i]);
                int d = b.code(rows[i]);
                out[i] = c < 0 || d < 0 ? Double.NaN : same[c] == d == equal ? 1 : 0;
            }
        };
    }
}
