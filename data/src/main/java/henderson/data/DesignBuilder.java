package henderson.data;

import henderson.api.Expression;
import henderson.api.Formula.FixedTerm;
import henderson.api.HendersonException;
import henderson.api.ModelFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns terms into designs. A factor stands with treatment contrasts where the rest of its term is inside a term before
 * it (nothing is inside everything), with all its dummies otherwise; without a constant the first factor of the first
 * term that has one gets all its dummies. That is R's rule; Stata's is the same without the last clause.
 */
final class DesignBuilder {
    /** Before the name of a factor that has no dummies, in a frame. */
    private static final String LEVELS = "levels of ";

    private final Variables variables;
    private final Evaluator evaluator;
    private final Constants constants;
    private final Rows used;
    private final ColumnNames naming;
    private final Map<String, Factor> factors = new LinkedHashMap<>();
    private final Map<String, Factor> levels = new LinkedHashMap<>();
    private final Map<String, Block> dense = new HashMap<>();

    DesignBuilder(Variables variables, Rows used, Constants constants) {
        this.variables = variables;
        this.used = used;
        this.naming = variables.naming();
        this.constants = constants;
        this.evaluator = new Evaluator(variables, used, constants);
    }

    Evaluator evaluator() {
        return evaluator;
    }

    /** Factors that have dummies in some design, by column. */
    List<Factor> factors() {
        return new ArrayList<>(factors.values());
    }

    /** The combinations of levels of some columns; at least two. */
    Factor levels(List<String> columns) {
        String name = String.join(":", columns);
        Factor known = levels.get(name);
        if (known == null) {
            CategoricalColumn column = Combination.of(variables, columns, used);
            ModelFrame given = constants.given();
            if (given == null) {
                known = Factor.of(name, column, used);
            } else {
                known = Factor.as(name, column, given.factors().getOrDefault(LEVELS + name, List.of()));
                known.requireSeen(used, column, variables.source());
            }
            if (known.levels().size() < 2) {
                throw new HendersonException(
                        "Factor '" + name + "' has 1 level ('" + known.levels().get(0)
                                + "') in the rows used; parameters by its level need at least 2.",
                        "Maybe leave it out of the formula.");
            }
            levels.put(name, known);
        }
        return known;
    }

    /** Levels of every factor that rows of other data must be coded by. */
    Map<String, List<String>> frame() {
        Map<String, List<String>> out = new LinkedHashMap<>();
        factors.values().forEach(f -> out.put(f.name(), List.copyOf(f.levels())));
        levels.forEach((name, f) -> out.put(LEVELS + name, List.copyOf(f.levels())));
        return out;
    }

    /**
     * A design.
     *
     * @param shifted whether a numeric column that is a term of its own is taken without its decimal shift
     */
    Design build(boolean intercept, List<FixedTerm> written, boolean shifted) {
        List<FixedTerm> terms = ordered(written);
        boolean[][] full = fullDummies(intercept, terms);
        List<List<Block>> blocks = new ArrayList<>();
        for (int t = 0; t < terms.size(); t++) {
            List<Expression> parts = terms.get(t).factors();
            List<Block> term = new ArrayList<>();
            for (int f : order(parts)) {
                term.add(block(parts.get(f), full[t][f], shifted && parts.size() == 1, parts.size() > 1));
            }
            blocks.add(term);
        }
        return new Design(intercept, blocks, naming);
    }

    /** The order in which columns of the parts of a term vary, the fastest first: Stata's is factors' last, numbers' first. */
    private List<Integer> order(List<Expression> parts) {
        List<Integer> out = new ArrayList<>();
        for (int f = 0; f < parts.size(); f++) {
            out.add(f);
        }
        if (naming == ColumnNames.STATA) {
            out.sort(Comparator.comparing(f -> categorical(parts.get(f)) == null));
            Collections.reverse(out);
        }
        return out;
    }

    /** The order of the columns: in R main effects, then interactions by degree; in Stata as they were written. */
    List<FixedTerm> ordered(List<FixedTerm> terms) {
        List<FixedTerm> out = new ArrayList<>(terms);
        if (naming == ColumnNames.STATA) {
            return out;
        }
        out.sort(Comparator.comparingInt(t -> t.factors().size()));
        return out;
    }

    /** The column whose decimal shift a term may do without, or null. */
    @Nullable
    NumericColumn plain(FixedTerm term) {
        return term.factors().size() == 1
                        && term.factors().get(0) instanceof Expression.Name n
                        && variables.column(n.name()) instanceof NumericColumn c
                ? c
                : null;
    }

    private boolean[][] fullDummies(boolean intercept, List<FixedTerm> terms) {
        boolean[][] full = new boolean[terms.size()][];
        boolean pending = !intercept && naming == ColumnNames.R;
        for (int t = 0; t < terms.size(); t++) {
            List<Expression> parts = terms.get(t).factors();
            full[t] = new boolean[parts.size()];
            for (int f = 0; f < parts.size(); f++) {
                List<Expression> rest = new ArrayList<>(parts);
                rest.remove(f);
                boolean inside = rest.isEmpty();
                for (int s = 0; s < terms.size() && !inside; s++) {
                    boolean before = s < t || terms.get(s).factors().size() < parts.size();
                    inside = before && terms.get(s).factors().containsAll(rest);
                }
                full[t][f] = !inside || FactorBase.none(parts.get(f));
                if (pending && categorical(parts.get(f)) != null) {
                    full[t][f] = true;
                    pending = false;
                }
            }
        }
        return full;
    }

    /** The column behind a factor, or null for numbers. */
    private @Nullable String categorical(Expression e) {
        if (e instanceof Expression.Call c
                && c.function().equals("factor")
                && c.arguments().get(0) instanceof Expression.Name n) {
            return n.name();
        }
        return e instanceof Expression.Name n && variables.isCategorical(n.name()) ? n.name() : null;
    }

    private Block block(Expression e, boolean full, boolean shifted, boolean interacted) {
        String column = categorical(e);
        if (column != null) {
            Factor factor = factor(column, e);
            int base = full ? 0 : 1;
            List<String> names = factor.levels().subList(base, factor.levels().size()).stream()
                    .map(level -> naming.level(e, column, level))
                    .toList();
            return new Block.Dummies(names, factor, base);
        }
        String key = (shifted ? "shifted " : "") + (interacted ? "interacted " : "") + e;
        Block known = dense.get(key);
        if (known == null) {
            known = numbers(e, shifted, naming.number(e, interacted));
            dense.put(key, known);
        }
        return known;
    }

    private Block numbers(Expression e, boolean shifted, String name) {
        if (shifted && e instanceof Expression.Name n) {
            return new Block.Single(name, ColumnVector.of(variables.numeric(n.name()), true));
        }
        if (e instanceof Expression.Call c
                && c.function().equals("poly")
                && c.arguments().get(1) instanceof Expression.Number k) {
            Vector x = evaluator.vector(c.arguments().get(0));
            boolean raw = c.arguments().size() == 3
                    && c.arguments().get(2) instanceof Expression.Named n
                    && n.value() instanceof Expression.Flag flag
                    && flag.value();
            int degree = (int) k.value();
            return raw ? Polynomial.raw(name, x, degree) : orthogonal(name, x, degree);
        }
        return new Block.Single(name, evaluator.vector(e));
    }

    private Polynomial orthogonal(String name, Vector x, int degree) {
        double[] given = constants.polynomial(name);
        Polynomial out = given == null
                ? Polynomial.orthogonal(name, x, degree, used)
                : Polynomial.orthogonal(name, x, degree, given);
        constants.polynomial(name, out.constants());
        return out;
    }

    private Factor factor(String column, Expression e) {
        String key = column + FactorBase.text(e);
        Factor known = factors.get(key);
        ModelFrame given = constants.given();
        if (known == null && given != null) {
            known = Factor.as(column, variables.factor(column), given.factors().getOrDefault(column, List.of()));
            known.requireSeen(used, variables.factor(column), variables.source());
            factors.put(key, known);
        } else if (known == null) {
            known = FactorBase.apply(e, column, variables.factor(column), used);
            if (known.levels().size() < 2) {
                throw new HendersonException(
                        "Factor '" + column + "' has 1 level ('"
                                + known.levels().get(0) + "') in the rows used; a predictor needs at least 2.",
                        "Maybe leave it out of the formula.");
            }
            factors.put(key, known);
        }
        return known;
    }
}
