package henderson.data;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.FitListener;
import henderson.api.Formula.RandomTerm;
import henderson.api.HendersonException;
import henderson.api.Registry;
import henderson.api.Side;
import henderson.api.StructureCall;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The random terms of a model: designs, grouping factors and bound structures, in the formula's order. */
final class RandomTerms {
    private final Variables variables;
    private final Registry registry;
    private final DesignBuilder builder;
    private final Rows used;
    private final double observations;
    private final FitListener listener;
    private final Map<String, Factor> groups = new LinkedHashMap<>();
    private final List<Design> designs = new ArrayList<>();
    private final List<Factor> factors = new ArrayList<>();
    private final List<Term> terms = new ArrayList<>();

    RandomTerms(
            Variables variables,
            Registry registry,
            DesignBuilder builder,
            Rows used,
            double observations,
            FitListener listener) {
        this.variables = variables;
        this.registry = registry;
        this.builder = builder;
        this.used = used;
        this.observations = observations;
        this.listener = listener;
    }

    void add(RandomTerm term) {
        CovarianceStructure kind = registry.structure(Side.RANDOM, term.structure());
        Factor group = group(term);
        Design design = builder.build(term.intercept(), term.terms(), false).arranged();
        double effects = (double) design.columns() * group.levels().size();
        if (effects >= observations) {
            throw new HendersonException(
                    "The term '" + term + "' has " + Numbers.shortest(effects) + " random effects ("
                            + group.levels().size() + " levels × " + design.columns() + ") for "
                            + Numbers.shortest(observations)
                            + " rows; they cannot be told from the residuals unless there are more rows.",
                    design.columns() > 1
                            ? "Maybe leave out a random slope."
                            : "Maybe '" + group.name() + "' numbers the rows.");
        }
        Arguments arguments = Arguments.of(kind.name(), kind.arguments(), term.arguments());
        BoundStructure structure = kind.bind(arguments, ColumnPositions.of(design));
        StructureCall call = new StructureCall(term.structure(), term.arguments(), List.of(), term.group(), List.of());
        designs.add(design);
        factors.add(group);
        terms.add(new Term(
                term.group(), group.levels(), List.copyOf(design.names()), kind.name(), call, structure, null));
    }

    private Factor group(RandomTerm term) {
        Factor known = groups.get(term.group());
        if (known == null) {
            term.grouping().forEach(this::hintAtNumbers);
            known = Factor.of(term.group(), Combination.of(variables, term.grouping(), used), used);
            if (known.levels().size() < 2) {
                throw new HendersonException(
                        "Grouping factor '" + term.group() + "' has 1 level ('"
                                + known.levels().get(0) + "') in the rows used; a random effect needs at least 2.",
                        "Maybe another variable tells the groups apart.");
            }
            groups.put(term.group(), known);
        }
        return known;
    }

    private void hintAtNumbers(String name) {
        if (variables.column(name) instanceof NumericColumn column) {
            for (int i = 0; i < column.size(); i++) {
                double v = column.value(i);
                if (v != Math.rint(v) && !Double.isNaN(v)) {
                    listener.note("Grouping factor '" + name + "' holds numbers that are not whole (row " + (i + 1L)
                            + ": " + Numbers.shortest(v) + "); every distinct number is a level.");
                    return;
                }
            }
        }
    }

    List<Design> designs() {
        return designs;
    }

    /** The grouping factor of each term. */
    List<Factor> factors() {
        return factors;
    }

    /** Each grouping factor once. */
    List<Factor> distinct() {
        return new ArrayList<>(groups.values());
    }

    List<Term> terms() {
        return List.copyOf(terms);
    }
}
