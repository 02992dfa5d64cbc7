package henderson.data;

import henderson.api.Expression;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/** The functions expressions may call, and the check that they are called rightly. */
final class Functions {
    /** Functions of one number. */
    static final Map<String, DoubleUnaryOperator> ELEMENTARY = Map.of(
            "log",
            Math::log,
            "log10",
            Math::log10,
            "log2",
            Functions::log2,
            "sqrt",
            Math::sqrt,
            "exp",
            Math::exp,
            "abs",
            Math::abs,
            "sin",
            Math::sin,
            "cos",
            Math::cos,
            "I",
            x -> x);

    /** Functions of the values of a group. */
    static final List<String> OF_GROUPS = List.of("center", "mean");

    /** Whether a number is missing. */
    static final String MISSING = "is.na";

    private static final List<String> OF_TERMS = List.of("factor", "poly");

    private Functions() {}

    private static double log2(double x) {
        int exponent = Math.getExponent(x);
        boolean power = x > 0 && x == Math.scalb(1.0, exponent);
        return power ? exponent : Math.log(x) / Math.log(2);
    }

    /** Whether a name is taken by a function, and so cannot be that of a structure. */
    static boolean isKnown(String name) {
        return ELEMENTARY.containsKey(name) || OF_GROUPS.contains(name) || OF_TERMS.contains(name);
    }

    private static String known(boolean filter) {
        TreeSet<String> names = new TreeSet<>(ELEMENTARY.keySet());
        if (filter) {
            names.add("count");
            names.add("is.na");
        } else {
            names.addAll(OF_GROUPS);
            names.addAll(OF_TERMS);
            names.add("offset");
        }
        return String.join(", ", names);
    }

    /** Checks a variable of a term: a column, {@code factor(x)}, {@code poly(x, k)} or an expression of numbers. */
    static void checkVariable(Parser parser, Expression e) {
        if (e instanceof Expression.Call c && c.function().equals("factor")) {
            boolean right = !c.arguments().isEmpty()
                    && c.arguments().size() <= 2
                    && c.arguments().get(0) instanceof Expression.Name
                    && (c.arguments().size() == 1
                            || FactorBase.isBase(c.arguments().get(1)));
            if (!right) {
                throw parser.error(e, "factor() takes one variable, and a base.", "Maybe factor(race, base = 2).");
            }
        } else if (e instanceof Expression.Call c && c.function().equals("poly")) {
            checkPoly(parser, c);
        } else {
            checkNumber(parser, e, false);
        }
    }

    private static void checkPoly(Parser parser, Expression.Call c) {
        List<Expression> a = c.arguments();
        boolean right = a.size() >= 2
                && a.size() <= 3
                && a.get(1) instanceof Expression.Number k
                && k.value() >= 1
                && k.value() <= 20
                && k.value() == Math.rint(k.value());
        if (right && a.size() == 3) {
            right = a.get(2) instanceof Expression.Named n
                    && n.name().equals("raw")
                    && n.value() instanceof Expression.Flag;
        }
        if (!right) {
            throw parser.error(
                    c,
                    "poly() takes a variable and a whole degree from 1 to 20.",
                    "Maybe poly(x, 2) or poly(x, 2, raw = TRUE).");
        }
        checkNumber(parser, a.get(0), false);
    }

    /** Checks an expression whose value is a number (or, in a filter, true or false) in every row. */
    static void checkNumber(Parser parser, Expression e, boolean filter) {
        if (e instanceof Expression.Unary u) {
            checkNumber(parser, u.operand(), filter);
        } else if (e instanceof Expression.Binary b) {
            if (b.operator().equals("|") || b.operator().equals(":")) {
                throw parser.error(
                        e,
                        "'" + b.operator() + "' cannot stand in an expression of numbers.",
                        b.operator().equals("|")
                                ? "Maybe || for \"or\"; random effects stand in parentheses, (1 | group)."
                                : null);
            }
            checkNumber(parser, b.left(), filter);
            checkNumber(parser, b.right(), filter);
        } else if (e instanceof Expression.Call c) {
            checkCall(parser, c, filter);
        } else if (e instanceof Expression.Named n) {
            throw parser.error(
                    e, "no function here takes an argument named '" + n.name() + "'.", "Maybe == for a comparison.");
        }
    }

    private static void checkCall(Parser parser, Expression.Call c, boolean filter) {
        boolean group = !filter && OF_GROUPS.contains(c.function());
        boolean count = filter && c.function().equals("count");
        boolean missing = filter && c.function().equals(MISSING);
        if (!group && !count && !missing && !ELEMENTARY.containsKey(c.function())) {
            boolean term = OF_TERMS.contains(c.function()) || c.function().equals("offset");
            throw parser.error(
                    c,
                    term ? c.function() + "() cannot stand here." : "no function is named '" + c.function() + "'.",
                    "Maybe one of: " + known(filter)
                            + (filter
                                    ? "."
                                    : "; a covariance structure needs a bar: " + c.function() + "(1 | group)."));
        }
        if (c.arguments().size() != 1) {
            throw parser.error(
                    c,
                    c.function() + "() takes one argument, not " + c.arguments().size() + ".",
                    null);
        }
        Expression a = c.arguments().get(0);
        if (count) {
            if (!(a instanceof Expression.Name)) {
                throw parser.error(c, "count() takes one variable.", "Maybe count(school) > 4.");
            }
        } else if (group) {
            if (!(a instanceof Expression.Binary b) || !b.operator().equals("|")) {
                throw parser.error(c, c.function() + "() needs a group.", "Maybe " + c.function() + "(x | group).");
            }
            checkNumber(parser, b.left(), false);
            Grouping.names(parser, b.right());
        } else {
            checkNumber(parser, a, filter);
        }
    }
}
