package henderson.data.stata;

import henderson.api.Expression;
import henderson.api.Formula.FixedTerm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of variables: {@code x}, {@code x*}, {@code a-b}, {@code i.race}, {@code ib2.race}, {@code ibn.race}, {@code
 * 2.race}, {@code c.x#i.race}, {@code c.x##(i.race i.sex)}. A base said once holds for the variable in the whole command.
 */
final class VariableTerms {
    private static final int MOST_FACTORS = 8;
    private static final int MOST_TERMS = 10_000;
    private static final Pattern OPERATOR = Pattern.compile(
            "(?:(c)|i?b(n)|i?b(-?\\d+(?:\\.\\d+)?)|i?b\\(([^()]*)\\)|i?(\\d+)|(i)|([LDFSR]\\d*)|(o\\d*|i\\([^()]*\\)|co|io))\\.",
            Pattern.DOTALL);

    /** A variable with its operator: {@code i}, {@code c}, a level, or nothing. */
    private record Part(String name, Kind kind, String level, int at) {
        boolean isFactor(boolean interacted) {
            return kind == Kind.FACTOR || kind == Kind.NONE && interacted;
        }
    }

    private enum Kind {
        NONE,
        NUMBER,
        FACTOR,
        LEVEL
    }

    private final Dictionary columns;
    /** Bases said so far, by column. */
    private final Map<String, Expression> bases = new LinkedHashMap<>();

    VariableTerms(Dictionary columns) {
        this.columns = columns;
    }

    /** The terms, still to be given their bases by {@link #terms}. */
    Set<Set<Object>> parse(CommandText source) {
        return new Reader(source).list();
    }

    /** Terms with the bases that the whole command says. */
    List<FixedTerm> terms(Set<Set<Object>> parsed) {
        List<FixedTerm> out = new ArrayList<>();
        Map<Expression, Integer> appearance = new LinkedHashMap<>();
        for (Set<Object> term : parsed) {
            List<Expression> factors = new ArrayList<>();
            term.forEach(k -> factors.add(expression((Key) k)));
            factors.forEach(f -> appearance.putIfAbsent(f, appearance.size()));
            factors.sort(java.util.Comparator.comparing(appearance::get));
            FixedTerm fixed = new FixedTerm(factors);
            if (!out.contains(fixed)) {
                out.add(fixed);
            }
        }
        return out;
    }

    /** A variable in a term: a factor, a level of it, or a power of a number. */
    private record Key(String name, Kind kind, String level, int power) {}

    private Expression expression(Key k) {
        Expression name = new Expression.Name(k.name());
        if (k.kind() == Kind.FACTOR) {
            Expression base = bases.get(k.name());
            return new Expression.Call(
                    "factor", base == null ? List.of(name) : List.of(name, new Expression.Named("base", base)));
        }
        if (k.kind() == Kind.LEVEL) {
            Expression level = new Expression.Number(Double.parseDouble(k.level()), k.level());
            return new Expression.Call("I", List.of(new Expression.Binary("==", name, level)));
        }
        if (k.power() == 1) {
            return name;
        }
        Expression power = new Expression.Number(k.power(), Integer.toString(k.power()));
        return new Expression.Call("I", List.of(new Expression.Binary("^", name, power)));
    }

    private final class Reader {
        private final CommandText source;
        private int at;
        private int depth;
        /** Whether the last product had more than one factor. */
        private boolean crossed;

        Reader(CommandText source) {
            this.source = source;
            this.at = source.from();
        }

        private char peek() {
            return at < source.to() ? source.whole().charAt(at) : 0;
        }

        private void blanks() {
            while (at < source.to() && Character.isWhitespace(peek())) {
                at++;
            }
        }

        Set<Set<Object>> list() {
            Set<Set<Object>> out = new LinkedHashSet<>();
            for (blanks(); at < source.to() && peek() != ')'; blanks()) {
                inFactors().forEach(t -> out.add(keys(t)));
            }
            if (depth == 0 && at < source.to()) {
                throw source.error(at, "')' closes nothing.", null);
            }
            return out;
        }

        /** A product; its variables without an operator are factors, those of main effects too. */
        private List<List<Part>> inFactors() {
            List<List<Part>> all = product();
            if (!crossed) {
                return all;
            }
            List<List<Part>> out = new ArrayList<>();
            for (List<Part> term : all) {
                out.add(term.stream()
                        .map(p -> p.kind() == Kind.NONE ? new Part(p.name(), Kind.FACTOR, "", p.at()) : p)
                        .toList());
            }
            return out;
        }

        /** {@code a#b##c}. */
        private List<List<Part>> product() {
            List<List<Part>> left = factor();
            boolean any = peek() == '#';
            while (peek() == '#') {
                boolean both = source.whole().startsWith("##", at) && at + 1 < source.to();
                int operator = at;
                at += both ? 2 : 1;
                List<List<Part>> right = factor();
                if ((long) left.size() * right.size() > MOST_TERMS) {
                    throw source.error(operator, "the product has more than " + MOST_TERMS + " terms.", null);
                }
                List<List<Part>> out = new ArrayList<>();
                if (both) {
                    out.addAll(left);
                    out.addAll(right);
                }
                for (List<Part> l : left) {
                    for (List<Part> r : right) {
                        out.add(joined(l, r, operator));
                    }
                }
                left = out;
            }
            crossed = any;
            return left;
        }

        private List<Part> joined(List<Part> l, List<Part> r, int operator) {
            List<Part> out = new ArrayList<>(l);
            out.addAll(r);
            if (out.size() > MOST_FACTORS) {
                throw source.error(operator, "an interaction has at most " + MOST_FACTORS + " variables.", null);
            }
            return out;
        }

        private List<List<Part>> factor() {
            Matcher m = OPERATOR.matcher(source.whole()).region(at, source.to());
            @Nullable Matcher operator = m.lookingAt() ? m : null;
            int start = at;
            at = operator == null ? at : operator.end();
            if (operator != null && (operator.group(7) != null || operator.group(8) != null)) {
                refuse(operator.group(), start);
            }
            if (peek() == '(') {
                return group(operator);
            }
            List<List<Part>> out = new ArrayList<>();
            for (String name : names()) {
                out.add(List.of(part(operator, name, start)));
            }
            return out;
        }

        private void refuse(String operator, int start) {
            boolean effects = operator.startsWith("R");
            throw source.error(
                    start,
                    effects
                            ? "'" + operator + "' stands alone, in an equation of random effects."
                            : "the operator '" + operator + "' is not known here.",
                    effects
                            ? "Maybe || _all: R.variable."
                            : "Known are i. c. ib#. ibn. ib(first|last|freq). #. and R.");
        }

        /** {@code i.(a b)}: the operator goes to each. */
        private List<List<Part>> group(@Nullable Matcher operator) {
            int open = at++;
            if (++depth > MOST_FACTORS) {
                throw source.error(open, "more than " + MOST_FACTORS + " levels of parentheses.", null);
            }
            List<List<Part>> out = new ArrayList<>();
            for (blanks(); at < source.to() && peek() != ')'; blanks()) {
                for (List<Part> term : operator == null ? inFactors() : product()) {
                    List<Part> all = new ArrayList<>();
                    for (Part p : term) {
                        all.add(operator == null || p.kind() != Kind.NONE ? p : part(operator, p.name(), p.at()));
                    }
                    out.add(all);
                }
            }
            if (peek() != ')') {
                throw source.error(open, "this parenthesis is never closed.", null);
            }
            at++;
            depth--;
            return out;
        }

        private List<String> names() {
            int start = at;
            String name = name();
            if (name.contains("*") || name.contains("?")) {
                return columns.matching(source, start, name);
            }
            String first = columns.resolve(source, start, name);
            if (peek() != '-') {
                return List.of(first);
            }
            int second = ++at;
            return columns.range(source, start, first, columns.resolve(source, second, name()));
        }

        private String name() {
            int start = at;
            boolean begins = CommandText.isNameStart(peek()) || peek() == '*' || peek() == '?';
            while (begins && (CommandText.isNameChar(peek()) || peek() == '*' || peek() == '?')) {
                at++;
            }
            if (at == start) {
                throw source.error(
                        at, "expected a variable but found " + (peek() == 0 ? "the end." : "'" + peek() + "'."), null);
            }
            return source.whole().substring(start, at);
        }

        private Part part(@Nullable Matcher operator, String name, int start) {
            if (operator == null) {
                return new Part(name, Kind.NONE, "", start);
            }
            if (operator.group(1) != null) {
                return new Part(name, Kind.NUMBER, "", start);
            }
            if (operator.group(5) != null) {
                return new Part(name, Kind.LEVEL, operator.group(5), start);
            }
            Expression base = base(operator, start);
            Expression before = base == null ? null : bases.put(name, base);
            if (before != null && !before.equals(base)) {
                throw source.error(start, "'" + name + "' is given two bases, " + before + " and " + base + ".", null);
            }
            return new Part(name, Kind.FACTOR, "", start);
        }

        private @Nullable Expression base(Matcher operator, int start) {
            if (operator.group(2) != null) {
                return new Expression.Name("none");
            }
            if (operator.group(3) != null) {
                return new Expression.Number(Double.parseDouble(operator.group(3)), operator.group(3));
            }
            if (operator.group(4) == null) {
                return null;
            }
            return switch (operator.group(4).strip()) {
                case "first" -> null;
                case "last" -> new Expression.Name("last");
                case "freq" -> new Expression.Name("frequent");
                default ->
                    throw source.error(
                            start,
                            "the base '" + operator.group(4) + "' is not known.",
                            "Maybe ib2., ib(first)., ib(last). or ib(freq).");
            };
        }

        private Set<Object> keys(List<Part> term) {
            Map<Key, Integer> powers = new LinkedHashMap<>();
            for (Part p : term) {
                boolean factor = p.isFactor(term.size() > 1);
                if (!factor && p.kind() != Kind.LEVEL && columns.isText(p.name())) {
                    throw source.error(
                            p.at(),
                            "the variable '" + p.name() + "' holds texts, and numbers are needed.",
                            "Maybe i." + p.name() + " for a column for each of its levels.");
                }
                Kind kind = p.kind() == Kind.LEVEL ? Kind.LEVEL : factor ? Kind.FACTOR : Kind.NUMBER;
                powers.merge(new Key(p.name(), kind, p.level(), 1), 1, Integer::sum);
            }
            Set<Object> out = new LinkedHashSet<>();
            powers.forEach((k, n) -> out.add(k.kind() == Kind.NUMBER ? new Key(k.name(), k.kind(), k.level(), n) : k));
            return out;
        }
    }
}
