package henderson.data.stata;

import henderson.api.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code nstu > 4 & !missing(lrt)}: {@code + - * / ^}, comparisons, {@code & | ! ~}, functions of numbers, {@code _n}
 * and {@code _N}. The period is the missing value: {@code x < .} is "x is not missing".
 */
final class StataExpression {
    private static final int DEEPEST = 200;
    /** Operators as they are written and as expressions hold them, long ones first. */
    private static final List<String[]> OPERATORS = List.of(
            new String[] {"==", "=="},
            new String[] {"!=", "!="},
            new String[] {"~=", "!="},
            new String[] {"<=", "<="},
            new String[] {">=", ">="},
            new String[] {"<", "<"},
            new String[] {">", ">"},
            new String[] {"&", "&&"},
            new String[] {"|", "||"},
            new String[] {"+", "+"},
            new String[] {"-", "-"},
            new String[] {"*", "*"},
            new String[] {"/", "/"},
            new String[] {"^", "^"});
    /** Functions, and what expressions call them. */
    static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("ln", "log"),
            Map.entry("log", "log"),
            Map.entry("log10", "log10"),
            Map.entry("sqrt", "sqrt"),
            Map.entry("exp", "exp"),
            Map.entry("abs", "abs"),
            Map.entry("sin", "sin"),
            Map.entry("cos", "cos"),
            Map.entry("missing", "is.na"),
            Map.entry("mi", "is.na"));

    private static final Expression MISSING = new Expression.Name(".");

    private final CommandText source;
    private final Dictionary columns;
    private int at;
    private int depth;

    private StataExpression(CommandText source, Dictionary columns) {
        this.source = source;
        this.columns = columns;
        this.at = source.from();
    }

    static Expression parse(CommandText source, Dictionary columns) {
        StataExpression parser = new StataExpression(source, columns);
        Expression out = parser.expression(1);
        parser.blanks();
        if (parser.at < source.to()) {
            throw source.error(parser.at, "expected an operator or the end.", null);
        }
        parser.refuseMissing(out);
        return out;
    }

    private void blanks() {
        while (at < source.to() && Character.isWhitespace(source.whole().charAt(at))) {
            at++;
        }
    }

    private char peek() {
        blanks();
        return at < source.to() ? source.whole().charAt(at) : 0;
    }

    private Expression expression(int level) {
        if (++depth > DEEPEST) {
            throw source.error(at, "more than " + DEEPEST + " levels of parentheses.", null);
        }
        Expression left = operand();
        for (String[] operator = operator(); operator != null; operator = operator()) {
            int binds = Expression.precedence(operator[1]);
            if (binds < level) {
                break;
            }
            at += operator[0].length();
            Expression right = expression(binds + 1); // all operators, the power too, go from left to right
            left = combined(operator[1], left, right);
        }
        depth--;
        return left;
    }

    private String @org.jspecify.annotations.Nullable [] operator() {
        if (peek() == 0) {
            return null;
        }
        for (String[] o : OPERATORS) {
            if (source.whole().startsWith(o[0], at)) {
                return o;
            }
        }
        return null;
    }

    /** Comparisons with the missing value, which is greater than every number. */
    private Expression combined(String operator, Expression left, Expression right) {
        if (right.equals(MISSING) && !left.equals(MISSING)) {
            Expression isMissing = new Expression.Call("is.na", List.of(left));
            if (operator.equals("==") || operator.equals(">=")) {
                return isMissing;
            }
            if (operator.equals("!=") || operator.equals("<")) {
                return new Expression.Unary("!", isMissing);
            }
        }
        refuseMissing(left);
        refuseMissing(right);
        return new Expression.Binary(operator, left, right);
    }

    private void refuseMissing(Expression e) {
        if (e.equals(MISSING)) {
            throw source.error(at, "the missing value can only be compared.", "Maybe x < . or missing(x).");
        }
    }

    private Expression operand() {
        char c = peek();
        if (c == '(') {
            at++;
            Expression inner = expression(1);
            close();
            return inner;
        }
        if (c == '-') {
            at++;
            return new Expression.Unary("-", expression(Expression.precedence(":")));
        }
        if (c == '+') {
            at++;
            return expression(Expression.precedence(":"));
        }
        if (c == '!' || c == '~') {
            at++;
            return new Expression.Unary("!", expression(Expression.precedence(":")));
        }
        if (c == '"') {
            int end = source.whole().indexOf('"', at + 1);
            if (end < 0 || end >= source.to()) {
                throw source.error(at, "a quote is never closed.", null);
            }
            String text = source.whole().substring(at + 1, end);
            at = end + 1;
            return new Expression.Text(text);
        }
        if (Character.isDigit(c) || c == '.') {
            return number();
        }
        if (CommandText.isNameStart(c)) {
            return named();
        }
        throw source.error(
                at, "expected a variable, a number or '(' but found " + (c == 0 ? "the end." : "'" + c + "'."), null);
    }

    private void close() {
        if (peek() != ')') {
            throw source.error(at, "expected ')'.", null);
        }
        at++;
    }

    private Expression number() {
        java.util.regex.Matcher m = java.util.regex.Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")
                .matcher(source.whole())
                .region(at, source.to());
        if (!m.lookingAt()) {
            at++;
            return MISSING;
        }
        at = m.end();
        return new Expression.Number(Double.parseDouble(m.group()), m.group());
    }

    private Expression named() {
        int start = at;
        while (at < source.to() && CommandText.isNameChar(source.whole().charAt(at))) {
            at++;
        }
        String name = source.whole().substring(start, at);
        if (at < source.to() && source.whole().charAt(at) == '(') {
            return call(name, start);
        }
        if (name.equals("_n") || name.equals("_N") || name.equals("_pi")) {
            return name.equals("_pi")
                    ? new Expression.Number(Math.PI, Double.toString(Math.PI))
                    : new Expression.Name(name);
        }
        return new Expression.Name(columns.resolve(source, start, name));
    }

    private Expression call(String name, int start) {
        String function = FUNCTIONS.get(name);
        if (function == null) {
            throw source.error(
                    start,
                    "no function is named '" + name + "' here.",
                    "Maybe one of: " + String.join(", ", new java.util.TreeSet<>(FUNCTIONS.keySet())) + ".");
        }
        at++;
        List<Expression> arguments = new ArrayList<>();
        arguments.add(expression(1));
        close();
        refuseMissing(arguments.get(0));
        return new Expression.Call(function, arguments);
    }
}
