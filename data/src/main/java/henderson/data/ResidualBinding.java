package henderson.data;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.CovarianceStructure;
import henderson.api.HendersonException;
import henderson.api.Positions;
import henderson.api.Registry;
import henderson.api.Side;
import henderson.api.StructureCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.ejml.data.DMatrixRMaj;

/**
 * Binds a tree of residual calls from the leaves upwards: each leaf to the places of the rows, each combinator to the
 * pairs of an own part and an inner place that occur, in the order of the inner place.
 */
final class ResidualBinding {
    private final Variables variables;
    private final Registry registry;
    private final Rows used;
    private final ResidualGroups groups;
    private final ResidualPlaces places;

    ResidualBinding(Variables variables, Registry registry, Rows used, ResidualGroups groups) {
        this.variables = variables;
        this.registry = registry;
        this.used = used;
        this.groups = groups;
        this.places = new ResidualPlaces(variables, registry, used, groups);
    }

    /**
     * A bound structure and where the rows stand.
     *
     * @param name      registered names of the leaves, joined by {@code *}
     * @param structure bound to the positions
     * @param places    of the rows
     */
    record Bound(String name, BoundStructure structure, Places places) {
        Positions positions() {
            return places.positions();
        }
    }

    Bound bind(StructureCall call) {
        return bind(call, false);
    }

    private Bound bind(StructureCall call, boolean inProduct) {
        return switch (call.inner().size()) {
            case 0 -> leaf(call, inProduct);
            case 1 -> over(call, inProduct);
            default -> product(call);
        };
    }

    private Bound leaf(StructureCall call, boolean inProduct) {
        CovarianceStructure kind = registry.structure(Side.RESIDUAL, call.name());
        Arguments arguments = Arguments.of(kind.name(), kind.arguments(), call.arguments());
        if (groups.isEach()) {
            requireNoCorrelation(call, kind, arguments);
        }
        Places at = places.of(call, kind, inProduct);
        if (!inProduct && kind.coincident(arguments)) {
            at = Twins.apart(at, groups);
        } else if (!inProduct) {
            requireDifferent(call, at);
        }
        return new Bound(kind.name(), kind.bind(arguments, at.positions()), at);
    }

    /** Without a group each row is one, which is right only for structures that correlate nothing. */
    private static void requireNoCorrelation(StructureCall call, CovarianceStructure kind, Arguments arguments) {
        BoundStructure two = kind.bind(arguments, NumberPositions.ordinals(2));
        double[] tau = new double[two.coordinates().size()];
        for (int k = 0; k < tau.length; k++) {
            tau[k] = two.coordinates().get(k).neutral() + 0.1 * (k + 2); // off the neutral point, which may be diagonal
        }
        DMatrixRMaj v = two.matrix(tau, new int[] {0, 1}, new DMatrixRMaj(2, 2));
        if (v.get(0, 1) != 0) {
            throw new HendersonException(
                    "The residual structure '" + call.name()
                            + "' correlates the rows of a group, and no group is named.",
                    "Maybe " + call.name() + "(1 | group).");
        }
    }

    private void requireDifferent(StructureCall call, Places at) {
        int[] twins = groups.sameTwice(at.at(), at.positions().size());
        if (twins == null) {
            return;
        }
        int[] rows = used.toArray();
        String where = names(call) + " = " + at.positions().label(at.at()[twins[0]]) + " (rows " + (rows[twins[0]] + 1)
                + " and " + (rows[twins[1]] + 1) + ")";
        boolean all = groups.factor() == null;
        throw new HendersonException(
                all
                        ? "Two rows stand at " + where + ", and no group is named to tell them apart."
                        : "Group '" + groups.levels().get(groups.of(twins[0])) + "' of '" + groups.name()
                                + "' has two rows at " + where + ".",
                all
                        ? "Maybe " + call.name() + "(" + names(call) + " | group)."
                        : "Maybe a finer group, or a row entered twice.");
    }

    private static String names(StructureCall call) {
        if (call.inner().size() == 2) {
            return names(call.inner().get(0)) + ":" + names(call.inner().get(1));
        }
        return call.inner().isEmpty()
                ? String.join(":", call.positions())
                : names(call.inner().get(0)); // the places are those of the inner structure
    }

    private Bound over(StructureCall call, boolean inProduct) {
        Combinator combinator = registry.combinator(call.name());
        Arguments arguments = Arguments.of(combinator.name(), combinator.arguments(), call.arguments());
        Own own = call.arguments().containsKey(Calls.FUNCTION)
                ? Own.numbers(call, variables, used)
                : Own.levels(call, variables, used);
        List<Bound> inner = new ArrayList<>();
        int[] innerAt;
        if (call.name().equals(Calls.BY) && !groups.isEach()) {
            requireOneLevel(call, own);
            innerAt = new int[used.count()];
            for (int l = 0; l < own.labels().size(); l++) {
                inner.add(ofLevel(call, own, l, innerAt));
            }
        } else {
            inner.add(bind(call.inner().get(0), inProduct));
            innerAt = inner.get(0).places().at();
        }
        long width = own.labels().size();
        Distinct pairs = Distinct.of(used.count(), i -> innerAt[i] * width + own.at()[i]);
        int[] first = new int[pairs.size()];
        int[] second = new int[pairs.size()];
        double[] reals = own.values() == null ? null : new double[pairs.size()];
        for (int p = 0; p < first.length; p++) {
            first[p] = (int) (pairs.values()[p] % width);
            second[p] = (int) (pairs.values()[p] / width);
            if (reals != null && own.values() != null) {
                reals[p] = own.values()[first[p]];
            }
        }
        IntFunction<Bound> of = p -> inner.get(inner.size() == 1 ? 0 : first[p]);
        PairPositions positions = new PairPositions(
                first,
                second,
                Lazy.list(first.length, p -> of.apply(p).positions().label(second[p])),
                reals,
                own.values() == null ? own.labels() : List.of());
        BoundStructure structure = combinator.bind(
                arguments, positions, inner.stream().map(Bound::structure).toList());
        return new Bound(inner.get(0).name(), structure, new Places(positions, pairs.at()));
    }

    /**
     * What stands inside {@code by}, bound to the places of one level's rows alone.
     *
     * @param at position of each row of the level. Modified.
     */
    private Bound ofLevel(StructureCall call, Own own, int level, int[] at) {
        Rows rows = used.where(own.at(), level);
        ResidualGroups inLevel = groups.where(own.at(), level);
        Bound bound;
        try {
            bound = new ResidualBinding(variables, registry, rows, inLevel)
                    .bind(call.inner().get(0));
        } catch (HendersonException e) {
            throw new HendersonException(
                    "In the rows with '" + String.join(":", call.positions()) + "' = "
                            + own.labels().get(level) + ": " + e.getMessage(),
                    e.advice(),
                    e);
        }
        int next = 0;
        for (int i = 0; i < at.length; i++) {
            if (own.at()[i] == level) {
                at[i] = bound.places().at()[next++];
            }
        }
        return bound;
    }

    private void requireOneLevel(StructureCall call, Own own) {
        int[] rows = groups.different(own.at());
        if (rows != null) {
            String name = String.join(":", call.positions());
            throw new HendersonException(
                    (groups.factor() == null
                                    ? "The one group of all rows"
                                    : "Group '" + groups.levels().get(groups.of(rows[0])) + "' of '" + groups.name()
                                            + "'")
                            + " has both " + own.labels().get(own.at()[rows[0]]) + " and "
                            + own.labels().get(own.at()[rows[1]]) + " of '" + name + "' (rows "
                            + (used.toArray()[rows[0]] + 1) + " and " + (used.toArray()[rows[1]] + 1)
                            + "); 'by' needs one value in a group.",
                    "Maybe 'variances = " + name + "', which may differ within a group.");
        }
    }

    private Bound product(StructureCall call) {
        Combinator combinator = registry.combinator(call.name());
        Arguments arguments = Arguments.of(combinator.name(), combinator.arguments(), call.arguments());
        Bound left = bind(call.inner().get(0), true);
        Bound right = bind(call.inner().get(1), true);
        long width = right.positions().size();
        int[] leftAt = left.places().at();
        int[] rightAt = right.places().at();
        Distinct pairs = Distinct.of(used.count(), i -> leftAt[i] * width + rightAt[i]);
        int[] first =
                Arrays.stream(pairs.values()).mapToInt(v -> (int) (v / width)).toArray();
        int[] second =
                Arrays.stream(pairs.values()).mapToInt(v -> (int) (v % width)).toArray();
        PairPositions positions = new PairPositions(
                first,
                second,
                Lazy.list(
                        first.length,
                        p -> left.positions().label(first[p]) + ":"
                                + right.positions().label(second[p])),
                null,
                List.of());
        Places at = new Places(positions, pairs.at());
        requireDifferent(call, at);
        return new Bound(
                left.name() + " * " + right.name(),
                combinator.bind(arguments, positions, List.of(left.structure(), right.structure())),
                at);
    }
}
