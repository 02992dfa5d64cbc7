package henderson.data;

import java.util.Arrays;
import java.util.List;

/** Combinations of the levels of several columns that occur in rows used. */
final class Combination {
    private Combination() {}

    /** One column as it is; several as {@code a:b}, ordered by the level of {@code a}, then of {@code b}. */
    static CategoricalColumn of(Variables variables, List<String> names, Rows used) {
        CategoricalColumn out = variables.factor(names.get(0));
        for (String name : names.subList(1, names.size())) {
            out = pair(out, variables.factor(name), used);
        }
        return out;
    }

    private static CategoricalColumn pair(CategoricalColumn a, CategoricalColumn b, Rows used) {
        return used.areAll(a.size()) ? a.paired(b, () -> found(a, b, used)) : found(a, b, used);
    }

    private static CategoricalColumn found(CategoricalColumn a, CategoricalColumn b, Rows used) {
        LongCodes seen = new LongCodes();
        Ints codes = new Ints(a.spill());
        long width = b.levels().size();
        used.forEachBatch((rows, count) -> {
            for (int i = 0; i < count; i++) {
                while (codes.size() < rows[i]) {
                    codes.add(CategoricalColumn.MISSING);
                }
                int c = a.code(rows[i]);
                int d = b.code(rows[i]);
                codes.add(c < 0 || d < 0 ? CategoricalColumn.MISSING : seen.code(c * width + d));
            }
        });
        while (codes.size() < a.size()) {
            codes.add(CategoricalColumn.MISSING);
        }
        long[] keys = new long[seen.size()];
        Arrays.setAll(keys, seen::key);
        Arrays.sort(keys);
        int[] rank = new int[keys.length];
        String[] levels = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            rank[i] = Arrays.binarySearch(keys, seen.key(i));
            levels[i] =
                    a.levels().get((int) (keys[i] / width)) + ":" + b.levels().get((int) (keys[i] % width));
        }
        codes.seal().remap(rank);
        return new CategoricalColumn(codes, List.of(levels), null);
    }
}
