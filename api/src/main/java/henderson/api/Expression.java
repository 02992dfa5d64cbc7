package henderson.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression over the columns of a table, as written in a formula or in a row filter. {@link #toString()} prints R
 * syntax that parses back to an equal expression.
 */
public sealed interface Expression {

    /** A column. */
    record Name(String name) implements Expression {
        @Override
        public String toString() {
            return quoteName(name);
        }

        // written out: what a record makes of itself is put together at run time, which tells in a short program
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Name n && n.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** A number; {@code text} is how it was written. */
    record Number(double value, String text) implements Expression {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A text between quotes. */
    record Text(String value) implements Expression {
        @Override
        public String toString() {
            return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }

    /** {@code TRUE} or {@code FALSE}. */
    record Flag(boolean value) implements Expression {
        @Override
        public String toString() {
            return value ? "TRUE" : "FALSE";
        }
    }

    /** A named argument of a call, {@code raw = TRUE}. */
    record Named(String name, Expression value) implements Expression {
        @Override
        public String toString() {
            return quoteName(name) + " = " + value;
        }
    }

    /** A function of expressions, such as {@code log(x)} or {@code poly(x, 2)}. */
    record Call(String function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            StringBuilder out = new StringBuilder(function).append('(');
            for (int i = 0; i < arguments.size(); i++) {
                out.append(i == 0 ? "" : ", ").append(arguments.get(i));
            }
            return out.append(')').toString();
        }
    }

    /** {@code -x} or {@code !x}. */
    record Unary(String operator, Expression operand) implements Expression {
        @Override
        public String toString() {
            return operator + wrap(operand, 9);
        }
    }

    /** {@code + - * / ^}, comparisons, {@code &&}, {@code ||}, and the bar of {@code mean(x | g)}. */
    record Binary(String operator, Expression left, Expression right) implements Expression {
        @Override
        public String toString() {
            int level = precedence(operator);
            boolean fromRight = operator.equals("^");
            String space = level == 8 || operator.equals("/") || operator.equals(":") ? "" : " "; // as R prints
            return wrap(left, fromRight ? level + 1 : level)
                    + space
                    + operator
                    + space
                    + wrap(right, fromRight ? level : level + 1);
        }
    }

    /** How tightly an operator binds: 1 for the bar, 8 for the power. */
    static int precedence(String operator) {
        return switch (operator) {
            case "|" -> 1;
            case "||" -> 2;
            case "&&" -> 3;
            case "==", "!=", "<", "<=", ">", ">=" -> 4;
            case "+", "-" -> 5;
            case "*", "/" -> 6;
            case ":" -> 7;
            case "^" -> 8;
            default -> throw new IllegalArgumentException("No operator is written '" + operator + "'.");
        };
    }

    private static String wrap(Expression e, int level) {
        boolean tight =
                !(e instanceof Binary b && precedence(b.operator()) < level) && !(e instanceof Unary && level > 5);
        return tight ? e.toString() : "(" + e + ")";
    }

    /** The name as a formula writes it: bare when it can be, between backquotes otherwise. */
    static String quoteName(String name) {
        boolean plain = !name.isEmpty()
                && !name.equals("TRUE")
                && !name.equals("FALSE")
                && (Character.isLetter(name.charAt(0)) || name.charAt(0) == '.' || name.charAt(0) == '_');
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = Character.isLetterOrDigit(c) || c == '.' || c == '_';
        }
        if (plain && name.length() > 1 && name.charAt(0) == '.' && Character.isDigit(name.charAt(1))) {
            plain = false;
        }
        return plain ? name : '`' + name + '`';
    }
}
