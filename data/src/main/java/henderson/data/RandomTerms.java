package henderson.data;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.CovarianceStructure;
import henderson.api.FitListener;
import henderson.api.Formula.RandomTerm;
import henderson.api.HendersonException;
import henderson.api.LevelPrecision;
import henderson.api.PositionKind;
import henderson.api.Positions;
import henderson.api.Registry;
import henderson.api.Side;
import henderson.api.StructureCall;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The random terms of a model: designs, grouping factors and bound structures, in the formula's order. */
final class RandomTerms {
    /** Flag of a combinator with a matrix: that it is the inverse. */
    private static final String INVERSE = "inverse";

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

    /** A term's structure, bound to its columns. */
    record Bound(
            RandomTerm asked,
            StructureCall call,
            CovarianceStructure kind,
            RandomDesign design,
            BoundStructure structure,
            @Nullable Combinator known) {
        /** Whether the columns have places, or the levels are correlated: then there may be few rows. */
        boolean placed() {
            return known != null || kind.positions() != PositionKind.NONE && kind.positions() != PositionKind.LABEL;
        }

        Term term(List<String> levels, @Nullable LevelPrecision precision) {
            return new Term(
                    asked.group(),
                    levels,
                    List.copyOf(design.design().names()),
                    kind.name(),
                    call,
                    structure,
                    precision);
        }
    }

    Bound bound(RandomTerm term) {
        StructureCall tree = RandomCalls.of(term, registry);
        Combinator known =
                tree.inner().isEmpty() ? null : registry.combinators().get(term.structure());
        StructureCall call = known == null ? tree : tree.inner().get(0);
        StructureCall leaf = call;
        while (!leaf.inner().isEmpty()) {
            leaf = leaf.inner().get(0);
        }
        CovarianceStructure kind = registry.structure(Side.RANDOM, leaf.name());
        RandomDesign design = RandomDesign.of(term, call, builder);
        if (!design.columns().suit(kind.positions())) {
            boolean several = kind.positions() == PositionKind.COORDINATES;
            throw new HendersonException(
                    "The structure '" + kind.name() + "' needs a number for each column, and the columns of '" + term
                            + "' are not the levels of " + (several ? "factors." : "one factor."),
                    RandomDesign.advice(term));
        }
        BoundStructure structure =
                kind.bind(Arguments.of(kind.name(), kind.arguments(), leaf.arguments()), design.columns());
        for (RandomDesign.Layer layer : design.layers()) {
            Combinator combinator = registry.combinator(layer.call().name());
            structure = combinator.bind(arguments(combinator, layer.call()), layer.pairs(), List.of(structure));
        }
        if (known != null) {
            structure = known.bind(
                    arguments(known, tree), Positions.of(design.design().names()), List.of(structure));
        }
        return new Bound(term, tree, kind, design, structure, known);
    }

    private static Arguments arguments(Combinator combinator, StructureCall call) {
        return Arguments.of(combinator.name(), combinator.arguments(), call.arguments());
    }

    void add(RandomTerm term) {
        Bound bound = bound(term);
        Factor group = group(term, bound.placed());
        if (!bound.placed()) {
            requireRows(term, group, bound.design().plain());
        }
        bound.design().layers().forEach(layer -> requireOneLevel(layer, group));
        designs.add(bound.design().design());
        factors.add(group);
        if (bound.known() == null) {
            terms.add(bound.term(group.levels(), null));
        } else {
            KnownPrecision.Known of =
                    known(term, bound.known(), arguments(bound.known(), bound.call()), group.levels());
            terms.add(bound.term(of.levels(), of.precision()));
        }
    }

    private KnownPrecision.Known known(
            RandomTerm term, Combinator combinator, Arguments arguments, List<String> levels) {
        String file = "";
        boolean inverse = false;
        for (ArgumentSpec spec : combinator.arguments()) {
            if (spec.type() == ArgumentSpec.Type.MATRIX) {
                file = arguments.asMap().get(spec.name()).toString();
            } else if (spec.type() == ArgumentSpec.Type.FLAG && spec.name().equals(INVERSE)) {
                inverse = arguments.flag(INVERSE);
            }
        }
        listener.stage("reading " + file);
        SymmetricMatrix matrix = KnownFile.read(file, variables.source());
        return KnownPrecision.of(term.group(), levels, file, matrix, inverse);
    }

    private void requireRows(RandomTerm term, Factor group, Design design) {
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
    }

    /** What multiplied the columns is the same within each level of the group. */
    private void requireOneLevel(RandomDesign.Layer layer, Factor group) {
        Factor factor = layer.factor();
        if (factor == null) {
            return;
        }
        int[] of = factor.codes(used);
        int[] groups = group.codes(used);
        int[] rows = ResidualGroups.different(groups, group.levels().size(), of);
        if (rows != null) {
            int[] all = used.toArray();
            throw new HendersonException(
                    "Level '" + group.levels().get(groups[rows[0]]) + "' of '" + group.name() + "' has both "
                            + factor.levels().get(of[rows[0]]) + " and "
                            + factor.levels().get(of[rows[1]]) + " of '" + factor.name() + "' (rows "
                            + (all[rows[0]] + 1) + " and " + (all[rows[1]] + 1) + "); '"
                            + layer.call().name() + " = " + factor.name() + "' needs one value in a level.",
                    "Maybe another factor, or '" + factor.name() + "' among the columns.");
        }
    }

    private Factor group(RandomTerm term, boolean oneLevel) {
        Factor known = groups.get(term.group());
        if (known == null) {
            term.grouping().forEach(this::hintAtNumbers);
            known = Factor.of(term.group(), Combination.of(variables, term.grouping(), used), used);
            if (known.levels().size() < 2 && !oneLevel) {
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
            int i = column.fraction();
            if (i >= 0) {
                listener.note("Grouping factor '" + name + "' holds numbers that are not whole (row " + (i + 1L) + ": "
                        + Numbers.shortest(column.value(i)) + "); every distinct number is a level.");
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
