package henderson.data;

import henderson.api.DataReport;
import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A categorical variable restricted to the levels that used rows have, in the column's order. */
final class Factor {
    private final String name;
    private final CategoricalColumn column;
    /** By level of the column; null where they are the same. */
    private final int @Nullable [] index;

    private final long[] counts;
    private final List<String> levels;
    private final List<String> unused = new ArrayList<>();

    private Factor(String name, CategoricalColumn column, long[] seen) {
        this.name = name;
        this.column = column;
        boolean all = true;
        for (long count : seen) {
            all &= count > 0;
        }
        if (all) {
            this.index = null;
            this.counts = seen;
            this.levels = column.levels();
            return;
        }
        this.index = new int[seen.length];
        this.counts = new long[seen.length];
        this.levels = new ArrayList<>();
        for (int l = 0; l < seen.length; l++) {
            index[l] = levels.size();
            if (seen[l] > 0) {
                counts[levels.size()] = seen[l];
                levels.add(column.levels().get(l));
            } else {
                index[l] = CategoricalColumn.MISSING;
                unused.add(column.levels().get(l));
            }
        }
    }

    static Factor of(String name, CategoricalColumn column, Rows used) {
        if (used.areAll(column.size()) && column.complete()) {
            return new Factor(name, column, column.counts());
        }
        long[] seen = new long[column.levels().size()];
        used.forEachBatch((rows, count) -> {
            for (int i = 0; i < count; i++) {
                seen[column.code(rows[i])]++;
            }
        });
        return new Factor(name, column, seen);
    }

    /** With the levels of another one: the code of any other level is {@link CategoricalColumn#MISSING}. */
    static Factor as(String name, CategoricalColumn column, List<String> levels) {
        return new Factor(name, column.declare(levels), levels);
    }

    private Factor(String name, CategoricalColumn column, List<String> levels) {
        this.name = name;
        this.column = column;
        this.index = new int[column.levels().size()]; // those given, unless none are
        Arrays.setAll(index, l -> l < levels.size() ? l : CategoricalColumn.MISSING);
        this.counts = new long[levels.size()];
        this.levels = List.copyOf(levels);
    }

    /** @throws HendersonException where a used row of {@code found} has another level, naming them all */
    void requireSeen(Rows used, CategoricalColumn found, String source) {
        Set<String> unseen = new TreeSet<>();
        used.forEachBatch((rows, count) -> {
            for (int i = 0; i < count; i++) {
                if (column.code(rows[i]) < 0) {
                    unseen.add(found.levels().get(found.code(rows[i])));
                }
            }
        });
        if (!unseen.isEmpty()) {
            throw new HendersonException(
                    "Factor '" + name + "' has levels in '" + source + "' that the fit has not seen: "
                            + Variables.shown(List.copyOf(unseen)) + ". It has seen " + Variables.shown(levels) + ".",
                    "Maybe leave those rows out with --where.");
        }
    }

    String name() {
        return name;
    }

    List<String> levels() {
        return levels;
    }

    /** The level of most rows used, the first of equals. */
    String mostFrequent() {
        int best = 0;
        for (int l = 1; l < levels.size(); l++) {
            best = counts[l] > counts[best] ? l : best;
        }
        return levels.get(best);
    }

    List<String> unused() {
        return unused;
    }

    /** Where the levels of all rows of the table lie, or null where they are coded anew or some are missing. */
    @Nullable
    Ints direct() {
        return index == null && column.complete() ? column.codes() : null;
    }

    /** What a report says of it as a grouping factor. */
    DataReport.Group group() {
        long min = Long.MAX_VALUE;
        long max = 0;
        long sum = 0;
        for (int l = 0; l < levels.size(); l++) {
            min = Math.min(min, counts[l]);
            max = Math.max(max, counts[l]);
            sum += counts[l];
        }
        return new DataReport.Group(name, levels.size(), min, (double) sum / levels.size(), max);
    }

    /** Level of each used row. */
    int[] codes(Rows used) {
        int[] out = new int[used.count()];
        int[] codes = new int[Rows.BATCH];
        int[] done = new int[1];
        used.forEachBatch((rows, count) -> {
            codes(rows, count, codes);
            System.arraycopy(codes, 0, out, done[0], count);
            done[0] += count;
        });
        return out;
    }

    /** Level of a row of the table. */
    int code(int row) {
        int code = column.code(row);
        return code < 0 ? CategoricalColumn.MISSING : index == null ? code : index[code];
    }

    /** {@code out[i] ←} level of row {@code rows[i]}. */
    void codes(int[] rows, int count, int[] out) {
        if (index == null) {
            column.codes().gather(rows, count, out);
            for (int i = 0; i < count; i++) {
                out[i] = Math.max(CategoricalColumn.MISSING, out[i]);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            out[i] = code(rows[i]);
        }
    }
}
