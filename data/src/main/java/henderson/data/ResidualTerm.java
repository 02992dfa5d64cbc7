package henderson.data;

import henderson.api.HendersonException;
import henderson.api.Registry;
import henderson.api.StructureCall;
import henderson.api.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The residual term of a model with the group and the position of each used row. */
final class ResidualTerm implements ResidualCodes {
    private final Term term;
    private final ResidualGroups groups;
    private final ResidualBinding.Bound bound;

    private final List<String> keys;

    private ResidualTerm(Term term, ResidualGroups groups, ResidualBinding.Bound bound, List<String> keys) {
        this.keys = keys;
        this.term = term;
        this.groups = groups;
        this.bound = bound;
    }

    /**
     * Binds a call to the rows used. Without a group all rows are one, or each is one where no leaf of the call asks for
     * positions.
     *
     * @throws HendersonException when columns or places do not suit the structure, with column, row and value
     */
    static ResidualTerm of(StructureCall call, Variables variables, Registry registry, Rows used) {
        ResidualGroups groups = groups(call, variables, registry, used);
        ResidualBinding.Bound bound = new ResidualBinding(variables, registry, used, groups).bind(call);
        List<String> keys = ResidualKeys.of(call, variables, registry, used, groups, bound.places());
        return new ResidualTerm(term(call, groups.name(), groups.levels(), bound), groups, bound, keys);
    }

    /**
     * The term without levels, of rows that stand each in a group of its own.
     *
     * @param rank of each row in its group
     */
    static Term of(StructureCall call, Variables variables, Registry registry, Rows used, int[] rank) {
        boolean each = call.group() == null && !Calls.hasPositions(call, registry);
        String group = call.group() != null ? call.group() : each ? ResidualGroups.EACH : ResidualGroups.ALL;
        ResidualGroups groups = ResidualGroups.ranked(group, rank);
        return term(call, group, List.of(), new ResidualBinding(variables, registry, used, groups).bind(call));
    }

    private static Term term(StructureCall call, String group, List<String> levels, ResidualBinding.Bound bound) {
        return new Term(
                group,
                levels,
                Lazy.list(bound.positions().size(), bound.positions()::label),
                bound.name(),
                call,
                bound.structure(),
                null);
    }

    static ResidualGroups groups(StructureCall call, Variables variables, Registry registry, Rows used) {
        String group = call.group();
        if (group != null) {
            return ResidualGroups.of(group, variables, used);
        }
        return Calls.hasPositions(call, registry) ? ResidualGroups.all(used) : ResidualGroups.each(used);
    }

    Term term() {
        return term;
    }

    /** The grouping factor, or null where all rows or each row are a group. */
    @Nullable
    Factor factor() {
        return groups.factor();
    }

    /** Lines of {@link ResidualKeys}. */
    List<String> keys() {
        return keys;
    }

    @Override
    public void groups(int from, int count, int[] out) {
        groups.copy(from, count, out);
    }

    @Override
    public void positions(int from, int count, int[] out) {
        System.arraycopy(bound.places().at(), from, out, 0, count);
    }
}
