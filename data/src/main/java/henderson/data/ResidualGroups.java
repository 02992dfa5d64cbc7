package henderson.data;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The residual groups: which rows have correlated residuals. */
final class ResidualGroups {
    /** What the group of all rows is called, and the groups of one row each. */
    static final String ALL = "_all";

    static final String EACH = "_n";

    private final String name;
    private final List<String> levels;
    /** Group by used row; null where every row is a group. */
    private final int @Nullable [] of;

    private final @Nullable Factor factor;
    /** Rank of each row in its group; null where rows are to be counted. */
    private final int @Nullable [] rank;

    private ResidualGroups(
            String name, List<String> levels, int @Nullable [] of, @Nullable Factor factor, int @Nullable [] rank) {
        this.rank = rank;
        this.name = name;
        this.levels = levels;
        this.of = of;
        this.factor = factor;
    }

    /** Every row a group of its own, labelled with its number in the table. */
    static ResidualGroups each(Rows used) {
        return new ResidualGroups(EACH, new RowNumbers(used), null, null, null);
    }

    /** All rows one group. */
    static ResidualGroups all(Rows used) {
        return new ResidualGroups(ALL, List.of(ALL), new int[used.count()], null, null);
    }

    /** A group for each level of a factor, in the factor's order. */
    static ResidualGroups of(String name, Variables variables, Rows used) {
        Factor factor = Factor.of(name, Combination.of(variables, variables.grouping(name), used), used);
        return new ResidualGroups(name, factor.levels(), factor.codes(used), factor, null);
    }

    /** Every row a group of its own, with a rank that it had in another one. */
    static ResidualGroups ranked(String name, int[] rank) {
        int[] of = new int[rank.length];
        Arrays.setAll(of, i -> i);
        return new ResidualGroups(name, Lazy.list(rank.length, Integer::toString), of, null, rank);
    }

    /** The same groups of the rows whose code is {@code wanted}. */
    ResidualGroups where(int[] codes, int wanted) {
        int n = 0;
        int[] groups = new int[codes.length];
        int[] ranks = new int[codes.length];
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == wanted) {
                ranks[n] = rank == null ? 0 : rank[i];
                groups[n++] = of(i);
            }
        }
        return new ResidualGroups(
                name, levels, Arrays.copyOf(groups, n), factor, rank == null ? null : Arrays.copyOf(ranks, n));
    }

    /** Labels of groups of one row, made when they are asked for. */
    private static final class RowNumbers extends AbstractList<String> {
        private final Rows used;
        private int @Nullable [] rows;

        private RowNumbers(Rows used) {
            this.used = used;
        }

        @Override
        public synchronized String get(int i) {
            if (rows == null) {
                rows = used.toArray();
            }
            return Integer.toString(rows[i] + 1);
        }

        @Override
        public int size() {
            return used.count();
        }
    }

    String name() {
        return name;
    }

    List<String> levels() {
        return levels;
    }

    /** The grouping factor, or null where there is none. */
    @Nullable
    Factor factor() {
        return factor;
    }

    boolean isEach() {
        return name.equals(EACH);
    }

    int count() {
        return levels.size();
    }

    int of(int row) {
        return of == null ? row : of[row];
    }

    /** {@code out ←} groups of {@code count} used rows from {@code from} on. Modified. */
    void copy(int from, int count, int[] out) {
        if (of == null) {
            for (int i = 0; i < count; i++) {
                out[i] = from + i;
            }
        } else {
            System.arraycopy(of, from, out, 0, count);
        }
    }

    /** Rank of each row among the rows of its group, in the order of the table. */
    int[] ordinals(int rows) {
        if (rank != null) {
            return rank;
        }
        int[] out = new int[rows];
        if (of != null) {
            int[] next = new int[count()];
            for (int i = 0; i < rows; i++) {
                out[i] = next[of[i]]++;
            }
        }
        return out;
    }

    /** Where two rows of one group have the same of {@code at}: those rows, or null. */
    int @Nullable [] sameTwice(int[] at, int positions) {
        if (of == null) {
            return null;
        }
        LongCodes seen = new LongCodes();
        for (int i = 0; i < at.length; i++) {
            if (seen.code((long) of[i] * positions + at[i]) < i) {
                int twin = 0;
                while (of[twin] != of[i] || at[twin] != at[i]) {
                    twin++;
                }
                return new int[] {twin, i};
            }
        }
        return null;
    }

    /** Where a value is not the same in all rows of a group: two such rows, or null. */
    int @Nullable [] different(int[] values) {
        return of == null ? null : different(of, count(), values);
    }

    static int @Nullable [] different(int[] groups, int count, int[] values) {
        int[] first = new int[count];
        Arrays.fill(first, -1);
        for (int i = 0; i < values.length; i++) {
            if (first[groups[i]] < 0) {
                first[groups[i]] = i;
            } else if (values[first[groups[i]]] != values[i]) {
                return new int[] {first[groups[i]], i};
            }
        }
        return null;
    }
}
