package henderson.data;

import java.util.Arrays;
import java.util.List;

/** Makes categorical columns of others. */
final class Factors {
    private Factors() {}

    /** The column itself, or the levels of a numeric one: its distinct values, ascending, in their shortest text. */
    static CategoricalColumn of(Column column) {
        return column instanceof CategoricalColumn c ? c : ((NumericColumn) column).levels();
    }

    /** The same of a column of numbers, made anew. */
    static CategoricalColumn ofNumbers(NumericColumn column) {
        LongCodes seen = new LongCodes();
        Ints codes = new Ints(column.spill());
        for (int i = 0; i < column.size(); i++) {
            double v = column.value(i) + 0.0; // −0 is 0
            codes.add(Double.isNaN(v) ? CategoricalColumn.MISSING : seen.code(Double.doubleToLongBits(v)));
        }
        double[] values = new double[seen.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.longBitsToDouble(seen.key(i));
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int[] rank = new int[values.length];
        String[] levels = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            rank[i] = Arrays.binarySearch(sorted, values[i]);
            levels[i] = Numbers.shortest(sorted[i]);
        }
        codes.seal().remap(rank);
        return new CategoricalColumn(codes, List.of(levels), null);
    }
}
