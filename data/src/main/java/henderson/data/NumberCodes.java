package henderson.data;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Codes the distinct values of a column of numbers; equal values that follow each other are looked up once. */
final class NumberCodes {
    private final LongCodes seen = new LongCodes();
    private final Ints codes;
    private final int[] coded = new int[Doubles.CHUNK];
    /** Rows of each value, in order of appearance. */
    private long[] counts = new long[32];

    /** In a file where there is one. */
    NumberCodes(@Nullable Spill spill) {
        this.codes = new Ints(spill);
    }

    /** Codes the next {@code n ≤ CHUNK} values. */
    void add(double[] values, int n) {
        int i = 0;
        while (i < n) {
            double value = values[i];
            int begin = i;
            int code = code(value);
            do {
                coded[i++] = code;
            } while (i < n && values[i] == value);
            if (code >= 0) {
                counts[code] += i - begin;
            }
        }
        codes.add(coded, n);
    }

    private int code(double value) {
        if (Double.isNaN(value)) {
            return CategoricalColumn.MISSING;
        }
        int code = seen.code(Double.doubleToLongBits(value + 0.0)); // −0 is 0
        if (code == counts.length) {
            counts = Arrays.copyOf(counts, 2 * code);
        }
        return code;
    }

    /** The column, its levels ascending. */
    CategoricalColumn finish() {
        codes.seal();
        int n = seen.size();
        double[] values = new double[n];
        boolean ascending = true;
        for (int i = 0; i < n; i++) {
            values[i] = Double.longBitsToDouble(seen.key(i));
            ascending &= i == 0 || values[i - 1] < values[i];
        }
        long[] rows = Arrays.copyOf(counts, n);
        if (!ascending) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int[] rank = new int[n];
            for (int i = 0; i < n; i++) {
                rank[i] = Arrays.binarySearch(sorted, values[i]);
                rows[rank[i]] = counts[i];
            }
            codes.remap(rank);
            values = sorted;
        }
        String[] levels = new String[n];
        for (int i = 0; i < n; i++) {
            levels[i] = Numbers.shortest(values[i]);
        }
        return CategoricalColumn.counted(codes, List.of(levels), rows);
    }
}
