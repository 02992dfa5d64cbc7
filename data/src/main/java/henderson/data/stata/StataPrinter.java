package henderson.data.stata;

import henderson.api.Criterion;
import henderson.api.Expression;
import henderson.api.Formula;
import henderson.api.Formula.FixedTerm;
import henderson.api.Formula.RandomTerm;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import henderson.api.StructureCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints a specification as a command that reads back to an equal one (its language being Stata's). Crossed grouping
 * factors of a model in R's language become {@code _all: R.g}, the same model.
 */
public final class StataPrinter {
    private final List<String> chain = new ArrayList<>();

    private StataPrinter() {}

    /** The command for a model fitted by maximum likelihood. */
    public static String print(ModelSpec spec) {
        return print(spec, Criterion.ML);
    }

    /**
     * The command.
     *
     * @throws HendersonException for what Stata's {@code mixed} has no words for; the message names it
     */
    public static String print(ModelSpec spec, Criterion criterion) {
        return new StataPrinter().command(spec, criterion);
    }

    private String command(ModelSpec spec, Criterion criterion) {
        Formula f = spec.formula();
        GeneralizedPrinter generalized = GeneralizedPrinter.of(spec);
        if (!(generalized.response() instanceof Expression.Name response)) {
            throw none("the response " + f.response());
        }
        if (spec.weights() != null || !spec.factors().isEmpty()) {
            throw none(spec.weights() != null ? "precision weights" : "declared levels");
        }
        StringBuilder out = new StringBuilder(generalized.command()).append(' ').append(name(response.name()));
        f.fixed().forEach(t -> out.append(' ').append(term(t)));
        if (spec.where() != null) {
            out.append(" if ").append(expression(spec.where(), 1));
        }
        if (spec.frequencyWeights() != null) {
            out.append(" [fweight = ").append(name(spec.frequencyWeights())).append(']');
        }
        out.append(f.intercept() ? "" : ", noconstant");
        int nested = nestedFrom(f.random());
        for (int i = 0; i < f.random().size(); i++) {
            out.append(" || ").append(equation(f.random(), i, i < nested));
        }
        if (spec.residual() != null) {
            out.append(emptyEquations(spec.residual()));
        }
        List<String> options = new ArrayList<>(generalized.options());
        if (criterion == Criterion.REML) {
            options.add("reml");
        }
        if (spec.residual() != null) {
            options.add(residual(spec.residual()));
        }
        if (!options.isEmpty()) {
            boolean comma = out.indexOf(",", out.lastIndexOf("||") + 1) >= 0;
            out.append(comma ? " " : ", ").append(String.join(" ", options));
        }
        return out.toString();
    }

    private static HendersonException none(String what) {
        return new HendersonException("Stata's command mixed has no words for " + what + ".");
    }

    static String name(String name) {
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
            throw none("a variable named '" + name + "'");
        }
        return name;
    }

    private static String term(FixedTerm t) {
        List<String> parts = new ArrayList<>();
        boolean several = t.factors().size() > 1;
        for (Expression e : t.factors()) {
            parts.add(part(e, several));
        }
        return String.join("#", parts);
    }

    private static String part(Expression e, boolean interacted) {
        if (e instanceof Expression.Name n) {
            return (interacted ? "c." : "") + name(n.name());
        }
        if (e instanceof Expression.Call c && c.arguments().get(0) instanceof Expression.Name n) {
            if (c.function().equals("factor")) {
                return base(c) + '.' + name(n.name());
            }
        }
        if (e instanceof Expression.Call c
                && c.function().equals("I")
                && c.arguments().get(0) instanceof Expression.Binary b
                && b.left() instanceof Expression.Name n
                && b.right() instanceof Expression.Number k) {
            if (b.operator().equals("==") && k.text().matches("\\d+")) {
                return k.text() + '.' + name(n.name());
            }
            if (b.operator().equals("^") && k.text().matches("[2-8]")) {
                return String.join("#", Collections.nCopies((int) k.value(), "c." + name(n.name())));
            }
        }
        throw none("the variable " + e);
    }

    private static String base(Expression.Call factor) {
        if (factor.arguments().size() == 1) {
            return "i";
        }
        Expression base = ((Expression.Named) factor.arguments().get(1)).value();
        if (base instanceof Expression.Name word) {
            return switch (word.name()) {
                case "none" -> "ibn";
                case "last" -> "ib(last)";
                default -> "ib(freq)";
            };
        }
        if (base instanceof Expression.Number k) {
            return "ib" + k.text();
        }
        throw none("the base " + base);
    }

    private String equation(List<RandomTerm> random, int i, boolean crossed) {
        RandomTerm r = random.get(i);
        List<String> g = r.grouping();
        if (crossed) {
            boolean all = g.size() == 2 && g.get(0).equals("_all");
            if (!single(r) || !all && g.size() > 1) {
                throw none("the random term " + r + " beside the others");
            }
            return "_all: R." + name(g.get(g.size() - 1));
        }
        List<String> before = List.copyOf(chain);
        List<String> after = step(before, random, i);
        chain.clear();
        chain.addAll(after == null ? g : after);
        boolean effectsOf = !chain.equals(g);
        return head(chain) + (effectsOf ? " R." + name(g.get(g.size() - 1)) : body(r));
    }

    /** Whether the effects are one for each level of the grouping factor. */
    private static boolean single(RandomTerm r) {
        return r.intercept()
                && r.terms().isEmpty()
                && r.arguments().isEmpty()
                && CommandParser.STRUCTURES.contains(r.structure());
    }

    /**
     * The chain of nested groups after term {@code i}: its grouping factor, or all of that but the last variable where the
     * term is written {@code group: R.variable}; null where it is not nested in the chain.
     */
    private static @Nullable List<String> step(List<String> chain, List<RandomTerm> random, int i) {
        RandomTerm r = random.get(i);
        List<String> g = r.grouping();
        int more = g.size() - chain.size();
        boolean inside = more >= 0 && more <= 2 && g.subList(0, chain.size()).equals(chain);
        if (!inside || more == 2 && !single(r) || g.get(0).equals("_all")) {
            return null;
        }
        List<String> next = i + 1 < random.size() ? random.get(i + 1).grouping() : List.of();
        boolean goesOn = next.size() >= g.size() && next.subList(0, g.size()).equals(g);
        boolean aside =
                more == 1 && !chain.isEmpty() && single(r) && r.structure().equals("identity") && !goesOn;
        return more == 2 || aside ? g.subList(0, g.size() - 1) : g;
    }

    /** The first of the terms that are nested in each other up to the last; those before it are crossed with them. */
    private static int nestedFrom(List<RandomTerm> random) {
        for (int from = 0; from < random.size(); from++) {
            List<String> chain = List.of();
            for (int i = from; chain != null && i < random.size(); i++) {
                chain = step(chain, random, i);
            }
            if (chain != null) {
                return from;
            }
        }
        return random.size();
    }

    private static String head(List<String> chain) {
        return name(chain.get(chain.size() - 1)) + ":";
    }

    private static String body(RandomTerm r) {
        StringBuilder out = new StringBuilder();
        r.terms().forEach(t -> out.append(' ').append(term(t)));
        List<String> options = new ArrayList<>();
        if (!CommandParser.STRUCTURES.contains(r.structure()) || !r.arguments().isEmpty()) {
            throw none("the covariance structure " + r.structure());
        }
        if (!r.structure().equals("independent")) {
            options.add("covariance(" + r.structure() + ")");
        }
        if (!r.intercept()) {
            options.add("noconstant");
        }
        return out + (options.isEmpty() ? "" : ", " + String.join(" ", options));
    }

    /** Equations without effects that make a group of residuals the last one. */
    private String emptyEquations(StructureCall call) {
        String group = call.group();
        if (group == null
                && isIndependent(call.inner().isEmpty() ? call : call.inner().get(0))) {
            return ""; // rows are apart whatever the groups are
        }
        List<String> wanted = group == null ? List.of() : List.of(group.split(":"));
        int more = wanted.size() - chain.size();
        if (more < 0 || !wanted.subList(0, chain.size()).equals(chain)) {
            throw none("residuals within " + (group == null ? "all rows" : group) + " beside these random effects");
        }
        StringBuilder out = new StringBuilder();
        wanted.subList(chain.size(), wanted.size())
                .forEach(g -> out.append(" || ").append(name(g)).append(":, noconstant"));
        return out.toString();
    }

    private static String residual(StructureCall call) {
        String by = "";
        StructureCall inner = call;
        if (!call.inner().isEmpty()) {
            inner = call.inner().get(0);
            boolean separate = call.name().equals("by")
                    || call.name().equals("variances")
                            && isIndependent(inner)
                            && call.arguments().isEmpty();
            if (!separate || call.positions().size() != 1) {
                throw none("the residual structure " + call);
            }
            by = " by(" + name(call.positions().get(0)) + ")";
        }
        String kind = isIndependent(inner) ? "independent" : inner.name();
        boolean known = ResidualOption.STRUCTURES.contains(kind)
                && inner.inner().isEmpty()
                && (inner.arguments().isEmpty() || inner.arguments().keySet().equals(Set.of("1")))
                && inner.positions().size() <= 1;
        if (!known) {
            throw none("the residual structure " + call);
        }
        StringBuilder out = new StringBuilder("residuals(").append(kind);
        inner.arguments().values().forEach(v -> out.append(' ').append(v));
        String time =
                inner.positions().isEmpty() ? "" : "t(" + name(inner.positions().get(0)) + ")";
        String rest = (time + by).strip();
        return out.append(rest.isEmpty() ? "" : ", " + rest).append(')').toString();
    }

    private static boolean isIndependent(StructureCall call) {
        return call.inner().isEmpty()
                && List.of("independent", "identity", "id").contains(call.name());
    }

    /** An expression as a filter writes it. */
    private static String expression(Expression e, int level) {
        if (e instanceof Expression.Name n) {
            return name(n.name());
        }
        if (e instanceof Expression.Number n) {
            return n.text();
        }
        if (e instanceof Expression.Text t && t.value().indexOf('"') < 0) {
            return '"' + t.value() + '"';
        }
        if (e instanceof Expression.Unary u) {
            String text = u.operator() + expression(u.operand(), 9);
            return level > 7 ? "(" + text + ")" : text;
        }
        if (e instanceof Expression.Binary b) {
            int binds = Expression.precedence(b.operator());
            String operator = b.operator().equals("&&") ? "&" : b.operator().equals("||") ? "|" : b.operator();
            String text = expression(b.left(), binds) + " " + operator + " " + expression(b.right(), binds + 1);
            return binds < level ? "(" + text + ")" : text;
        }
        if (e instanceof Expression.Call c) {
            for (String written : List.of("ln", "log10", "sqrt", "exp", "abs", "sin", "cos", "missing")) {
                if (c.function().equals(StataExpression.FUNCTIONS.get(written))) {
                    return written + "(" + expression(c.arguments().get(0), 1) + ")";
                }
            }
        }
        throw none("the expression " + e);
    }
}
