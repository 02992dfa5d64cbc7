package henderson.data;

import henderson.api.Expression;
import henderson.api.Formula;
import henderson.api.Formula.RandomTerm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From the parsed two sides of a formula to its terms. */
final class FormulaBuilder {
    /** What {@code (x | g)} and {@code (x || g)} mean. */
    private static final String FREE = "unstructured";

    private static final String SEPARATE = "independent";

    private final Parser parser;
    private final TermList fixed;
    private final List<Expression> offsets = new ArrayList<>();
    private final List<RandomTerm> random = new ArrayList<>();

    FormulaBuilder(Parser parser) {
        this.parser = parser;
        this.fixed = new TermList(parser);
    }

    Formula build(Expression response, Expression right) {
        checkResponse(response);
        if (right instanceof Expression.Binary b && bar(b) && !parser.inParentheses(right)) {
            throw parser.error(
                    right, "random effects stand in parentheses.", "Maybe (" + b.left() + " | " + b.right() + ").");
        }
        add(right);
        for (Formula.FixedTerm t : fixed.terms()) {
            if (t.factors().contains(response)) {
                throw parser.error(0, "the response '" + response + "' is also a predictor.", null);
            }
        }
        return new Formula(response, fixed.intercept(), fixed.terms(), offsets, random);
    }

    private void checkResponse(Expression response) {
        if (response instanceof Expression.Call c && c.function().equals("cbind")) {
            if (c.arguments().size() != 2) {
                throw parser.error(response, "cbind() takes successes and failures.", "Maybe cbind(dead, alive) ~ …");
            }
            c.arguments().forEach(a -> Functions.checkNumber(parser, a, false));
        } else {
            Functions.checkNumber(parser, response, false);
        }
        if (response instanceof Expression.Number || response instanceof Expression.Text) {
            throw parser.error(response, "the response must be a variable.", null);
        }
    }

    private static boolean bar(Expression.Binary b) {
        return b.operator().equals("|") || b.operator().equals("||");
    }

    private void add(Expression e) {
        if (e instanceof Expression.Binary b && b.operator().equals("+")) {
            add(b.left());
            add(b.right());
        } else if (e instanceof Expression.Binary b && b.operator().equals("-")) {
            add(b.left());
            fixed.remove(b.right());
        } else if (e instanceof Expression.Unary u && u.operator().equals("-")) {
            fixed.remove(u.operand());
        } else if (e instanceof Expression.Binary b && bar(b)) {
            random(b, b.operator().equals("|") ? FREE : SEPARATE, Map.of());
        } else if (e instanceof Expression.Call c && c.function().equals("offset")) {
            if (c.arguments().size() != 1) {
                throw parser.error(e, "offset() takes one argument.", null);
            }
            Functions.checkNumber(parser, c.arguments().get(0), false);
            offsets.add(c.arguments().get(0));
        } else if (e instanceof Expression.Call c && !Functions.isKnown(c.function()) && hasBar(c)) {
            tagged(c);
        } else {
            fixed.add(e);
        }
    }

    private static boolean hasBar(Expression.Call c) {
        return c.arguments().stream().anyMatch(a -> a instanceof Expression.Binary b && bar(b));
    }

    /** {@code structure(terms | group, argument = value)}. */
    private void tagged(Expression.Call c) {
        Expression.Binary terms = null;
        List<Expression> rest = new ArrayList<>();
        for (Expression a : c.arguments()) {
            if (terms == null && a instanceof Expression.Binary b && bar(b)) {
                terms = b;
            } else {
                rest.add(a);
            }
        }
        if (terms == null || terms.operator().equals("||")) {
            throw parser.error(
                    c, "a structure is named and || asks for another.", "Maybe " + SEPARATE + "(… | group).");
        }
        random(terms, c.function(), StructureArguments.of(parser, rest));
    }

    private void random(Expression.Binary b, String structure, Map<String, Object> arguments) {
        TermList columns = new TermList(parser);
        addColumns(columns, b.left());
        if (!columns.intercept() && columns.terms().isEmpty()) {
            throw parser.error(b, "a random term without columns.", "Maybe (1 | " + b.right() + ").");
        }
        for (List<String> grouping : Grouping.expand(parser, b.right())) {
            random.add(new RandomTerm(
                    structure, new LinkedHashMap<>(arguments), columns.intercept(), columns.terms(), grouping));
        }
    }

    private static void addColumns(TermList columns, Expression e) {
        if (e instanceof Expression.Binary b && b.operator().equals("+")) {
            addColumns(columns, b.left());
            addColumns(columns, b.right());
        } else if (e instanceof Expression.Binary b && b.operator().equals("-")) {
            addColumns(columns, b.left());
            columns.remove(b.right());
        } else if (e instanceof Expression.Unary u && u.operator().equals("-")) {
            columns.remove(u.operand());
        } else {
            columns.add(e);
        }
    }
}
