package henderson.data;

import henderson.api.Expression;
import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The base of {@code factor(x, base = …)}: a level (a number or a text), {@code last} or {@code frequent} of the rows used,
 * or {@code none} for a column for every level.
 */
final class FactorBase {
    private static final List<String> WORDS = List.of("last", "frequent", "none");

    private FactorBase() {}

    /** Whether an argument of {@code factor()} chooses a base. */
    static boolean isBase(Expression argument) {
        return argument instanceof Expression.Named n
                && n.name().equals("base")
                && (n.value() instanceof Expression.Number
                        || n.value() instanceof Expression.Text
                        || n.value() instanceof Expression.Name word && WORDS.contains(word.name()));
    }

    private static @Nullable Expression chosen(Expression e) {
        return e instanceof Expression.Call c
                        && c.function().equals("factor")
                        && c.arguments().size() == 2
                        && c.arguments().get(1) instanceof Expression.Named n
                ? n.value()
                : null;
    }

    /** What tells apart two factors of one column. */
    static String text(Expression e) {
        Expression base = chosen(e);
        return base == null ? "" : " base " + base;
    }

    /** Whether every level has a column. */
    static boolean none(Expression e) {
        return chosen(e) instanceof Expression.Name word && word.name().equals("none");
    }

    /** The column as a factor of the rows used, its base first. */
    static Factor apply(Expression e, String name, CategoricalColumn column, Rows used) {
        Factor found = Factor.of(name, column, used);
        Expression base = chosen(e);
        if (base == null || none(e)) {
            return found;
        }
        List<String> levels = new ArrayList<>(column.levels());
        String first = level(base, found);
        levels.remove(first);
        levels.add(0, first);
        return Factor.of(name, column.declare(levels), used);
    }

    private static String level(Expression base, Factor factor) {
        List<String> levels = factor.levels();
        if (base instanceof Expression.Name word) {
            return word.name().equals("last") ? levels.get(levels.size() - 1) : factor.mostFrequent();
        }
        String asked = base instanceof Expression.Text t ? t.value() : base.toString();
        double number = Numbers.parse(asked);
        for (String level : levels) {
            if (level.equals(asked) || !Double.isNaN(number) && Numbers.parse(level) == number) {
                return level;
            }
        }
        throw new HendersonException(
                "Factor '" + factor.name() + "' has no level '" + asked + "' in the rows used to be its base.",
                "Maybe one of: " + Variables.shown(levels) + ".");
    }
}
