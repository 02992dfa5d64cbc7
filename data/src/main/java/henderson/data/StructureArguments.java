package henderson.data;

import henderson.api.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments of a covariance structure as written: numbers, TRUE and FALSE, words and texts. */
final class StructureArguments {
    private StructureArguments() {}

    /** Named arguments by name, unnamed ones under "1", "2", …. */
    static Map<String, Object> of(Parser parser, List<Expression> arguments) {
        Map<String, Object> out = new LinkedHashMap<>();
        int ordinal = 0;
        for (Expression a : arguments) {
            boolean named = a instanceof Expression.Named;
            String key = a instanceof Expression.Named n ? n.name() : Integer.toString(++ordinal);
            Expression value = a instanceof Expression.Named n ? n.value() : a;
            boolean word = key.equals(Calls.BY) || key.equals(Calls.VARIANCES);
            if (out.put(key, word ? text(value) : value(parser, value)) != null) {
                throw parser.error(a, "the argument '" + key + "' is given twice.", null);
            }
            if (!named && out.size() > ordinal) {
                throw parser.error(a, "an argument without a name follows one with a name.", null);
            }
        }
        return out;
    }

    /** As it was written, to be read again. */
    private static String text(Expression e) {
        return e instanceof Expression.Text t ? t.value() : e.toString();
    }

    private static Object value(Parser parser, Expression e) {
        if (e instanceof Expression.Number n) {
            return number(n.value());
        }
        if (e instanceof Expression.Unary u && u.operator().equals("-") && u.operand() instanceof Expression.Number n) {
            return number(-n.value());
        }
        if (e instanceof Expression.Flag f) {
            return f.value();
        }
        if (e instanceof Expression.Text t) {
            return t.value();
        }
        if (e instanceof Expression.Name n) {
            return n.name().equals("true") || n.name().equals("false")
                    ? n.name().equals("true")
                    : n.name();
        }
        throw parser.error(e, "an argument of a structure is a number, a word, a text, TRUE or FALSE.", null);
    }

    private static Object number(double x) {
        return x == (int) x ? (Object) (int) x : (Object) x;
    }
}
