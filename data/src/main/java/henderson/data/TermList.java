package henderson.data;

import henderson.api.Expression;
import henderson.api.Formula.FixedTerm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Expands {@code + - * : / ^} on terms as R does: a term is a set of variables, variables are ordered by their first
 * appearance. (Columns of a design are ordered by degree too; that is done there.)
 */
final class TermList {
    private final Parser parser;
    private final Map<Expression, Integer> variables = new LinkedHashMap<>();
    private final Set<Set<Expression>> terms = new LinkedHashSet<>();
    private boolean intercept = true;

    TermList(Parser parser) {
        this.parser = parser;
    }

    /** Adds the terms of an expression; one, zero and minus one switch the constant. */
    void add(Expression e) {
        if (e instanceof Expression.Number n) {
            intercept = constant(n, n.value()) == 1;
        } else {
            terms.addAll(expand(e));
        }
    }

    /** Takes the terms of an expression out again. */
    void remove(Expression e) {
        if (e instanceof Expression.Number n) {
            intercept = constant(n, n.value()) == 0;
        } else {
            terms.removeAll(expand(e));
        }
    }

    private double constant(Expression e, double value) {
        if (value != 0 && value != 1) {
            throw parser.error(e, "the only numbers that can be terms are 1 and 0.", "Maybe I(2 * x) for arithmetic.");
        }
        return value;
    }

    private Set<Set<Expression>> expand(Expression e) {
        if (!(e instanceof Expression.Binary b)) {
            return single(e);
        }
        Set<Set<Expression>> left =
                switch (b.operator()) {
                    case "+", "-", "*", "/", ":", "^" -> expand(b.left());
                    case "|", "||" ->
                        throw parser.error(
                                e,
                                "random effects cannot be part of a product.",
                                "Maybe (1 + x | group) as a term of its own.");
                    default ->
                        throw parser.error(
                                e,
                                "'" + b.operator() + "' cannot join terms.",
                                "Maybe inside I(): I(x " + b.operator() + " 1).");
                };
        if (b.operator().equals("^")) {
            return power(b, left);
        }
        Set<Set<Expression>> right = expand(b.right());
        Set<Set<Expression>> out = new LinkedHashSet<>(left);
        switch (b.operator()) {
            case "+" -> out.addAll(right);
            case "-" -> out.removeAll(right);
            case "*" -> {
                out.addAll(right);
                out.addAll(products(left, right));
            }
            case "/" -> {
                Set<Expression> all = new LinkedHashSet<>();
                left.forEach(all::addAll);
                out.addAll(products(Set.of(all), right));
            }
            default -> out = products(left, right);
        }
        return out;
    }

    private Set<Set<Expression>> single(Expression e) {
        if (e instanceof Expression.Number) {
            throw parser.error(
                    e, "a number cannot be part of a product or sum of terms.", "Maybe I(…) for arithmetic.");
        }
        if (e instanceof Expression.Text || e instanceof Expression.Flag || e instanceof Expression.Unary) {
            throw parser.error(e, "'" + e + "' cannot be a term.", "Maybe I(…) for arithmetic.");
        }
        Functions.checkVariable(parser, e);
        variables.putIfAbsent(e, variables.size());
        return Set.of(Set.of(e));
    }

    private Set<Set<Expression>> power(Expression.Binary b, Set<Set<Expression>> base) {
        if (!(b.right() instanceof Expression.Number n) || n.value() < 1 || n.value() > 20 || n.value() % 1 != 0) {
            throw parser.error(
                    b, "the power of terms is a whole number.", "Maybe I(x^2) for the square of a variable.");
        }
        Set<Set<Expression>> out = new LinkedHashSet<>(base);
        for (int k = 1; k < n.value(); k++) {
            out.addAll(products(new LinkedHashSet<>(out), base));
        }
        return out;
    }

    private static Set<Set<Expression>> products(Set<Set<Expression>> left, Set<Set<Expression>> right) {
        Set<Set<Expression>> out = new LinkedHashSet<>();
        for (Set<Expression> l : left) {
            for (Set<Expression> r : right) {
                Set<Expression> product = new LinkedHashSet<>(l);
                product.addAll(r);
                out.add(product);
            }
        }
        return out;
    }

    boolean intercept() {
        return intercept;
    }

    /**
     * The terms, their factors ordered as R orders them. Where terms were taken out again ({@code a*b - a}) interactions
     * may come first, so that a reader of the printed terms meets the variables in the same order.
     */
    List<FixedTerm> terms() {
        List<Set<Expression>> written = new ArrayList<>(terms);
        List<Set<Expression>> interactionsFirst = new ArrayList<>(terms);
        interactionsFirst.sort(Comparator.comparingInt(t -> -t.size()));
        for (List<Set<Expression>> list : List.of(written, interactionsFirst)) {
            List<FixedTerm> asR = ordered(list, variables);
            if (asR.equals(ordered(list, appearance(list)))) {
                return asR;
            }
        }
        return ordered(written, appearance(written));
    }

    private static List<FixedTerm> ordered(List<Set<Expression>> terms, Map<Expression, Integer> by) {
        List<FixedTerm> out = new ArrayList<>();
        for (Set<Expression> term : terms) {
            List<Expression> factors = new ArrayList<>(term);
            factors.sort(Comparator.comparing(by::get));
            out.add(new FixedTerm(factors));
        }
        return out;
    }

    /** Variables in the order in which the printed terms show them. */
    private Map<Expression, Integer> appearance(List<Set<Expression>> list) {
        Map<Expression, Integer> out = new LinkedHashMap<>();
        for (FixedTerm term : ordered(list, variables)) {
            term.factors().forEach(f -> out.putIfAbsent(f, out.size()));
        }
        return out;
    }
}
