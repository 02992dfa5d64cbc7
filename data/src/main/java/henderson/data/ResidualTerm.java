package henderson.data;

import henderson.api.HendersonException;
import henderson.api.Registry;
import henderson.api.StructureCall;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The residual term of a model with the group and the position of each used row. */
final class ResidualTerm implements ResidualCodes {
    private final Term term;
    private final ResidualGroups groups;
    private final ResidualBinding.Bound bound;

    private ResidualTerm(Term term, ResidualGroups groups, ResidualBinding.Bound bound) {
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
        Term term = new Term(
                groups.name(),
                groups.levels(),
                Lazy.list(bound.positions().size(), bound.positions()::label),
                bound.name(),
                call,
                bound.structure(),
                null);
        return new ResidualTerm(term, groups, bound);
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

    /** Text of each position that no other one has, and that does not depend on the rows. */
    List<String> keys() {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < bound.positions().size(); i++) {
            out.add(bound.key().apply(i));
        }
        return out;
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
