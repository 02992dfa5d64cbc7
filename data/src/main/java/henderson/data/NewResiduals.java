package henderson.data;

import henderson.api.DataReport.LevelsDropped;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Residual groups and positions of rows of other data: the groups are those of these rows, the positions those of the fit.
 * A row without a value, or at a place that the fit has not seen, has −1.
 */
final class NewResiduals implements ResidualCodes {
    private final Term term;
    private final int[] groups;
    private final int[] positions;
    private final List<LevelsDropped> unseen = new ArrayList<>();

    private NewResiduals(Term fitted, List<String> lines, Variables variables, Rows used) {
        List<String> names = ResidualKeys.names(lines);
        List<String> grouping = fitted.call().group() == null
                ? List.of()
                : variables.grouping(fitted.call().group());
        Rows coded = complete(variables, used, Calls.columns(fitted.call(), variables));
        ResidualGroups of = grouping.isEmpty()
                ? fitted.group().equals(ResidualGroups.EACH) ? ResidualGroups.each(coded) : ResidualGroups.all(coded)
                : ResidualGroups.of(fitted.call().group(), variables, coded);
        this.groups = new int[used.count()];
        this.positions = new int[used.count()];
        Arrays.fill(groups, -1);
        Arrays.fill(positions, -1);
        Map<String, Integer> index = ResidualKeys.index(lines);
        int[] rank = of.ordinals(coded.count());
        int[] rows = coded.toArray();
        int[] all = used.toArray();
        TreeSet<String> unknown = new TreeSet<>();
        for (int i = 0, at = 0; i < rows.length; i++, at++) {
            while (all[at] != rows[i]) {
                at++;
            }
            groups[at] = of.of(i);
            String key = ResidualKeys.key(names, variables, rows[i], rank[i]);
            Integer position = index.get(key);
            if (position != null) {
                positions[at] = position;
            } else {
                unknown.add(ResidualKeys.shown(key));
            }
        }
        if (!unknown.isEmpty()) {
            unseen.add(new LevelsDropped(String.join(", ", names), List.copyOf(unknown)));
        }
        this.term = new Term(
                fitted.group(),
                of.levels(),
                fitted.columns(),
                fitted.structureName(),
                fitted.call(),
                fitted.structure(),
                null);
    }

    /** Codes of the rows, or null where the table lacks a column of the structure. */
    static @Nullable NewResiduals of(@Nullable Term fitted, List<String> lines, Variables variables, Rows used) {
        if (fitted == null || lines.isEmpty()) {
            return null;
        }
        Set<String> needed = Calls.columns(fitted.call(), variables);
        return needed.stream().allMatch(variables::has) ? new NewResiduals(fitted, lines, variables, used) : null;
    }

    /** Rows that the fit would have used: none of the columns is missing. */
    private static Rows complete(Variables variables, Rows used, Set<String> needed) {
        BitSet out = new BitSet();
        for (int row : used.toArray()) {
            if (needed.stream().noneMatch(name -> variables.column(name).missing(row))) {
                out.set(row);
            }
        }
        return new Rows(out);
    }

    Term term() {
        return term;
    }

    /** Places that the fit has not seen. */
    List<LevelsDropped> unseen() {
        return unseen;
    }

    @Override
    public void groups(int from, int count, int[] out) {
        System.arraycopy(groups, from, out, 0, count);
    }

    @Override
    public void positions(int from, int count, int[] out) {
        System.arraycopy(positions, from, out, 0, count);
    }
}
