package henderson.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Doubles, NaN where missing. A column whose range is small beside its magnitude is known more exactly than doubles can
 * say it: {@code shift + shifted(row)} is the decimal of the file, with {@code shifted} the double nearest to {@code
 * decimal − shift}.
 */
final class NumericColumn implements Column {
    private final Doubles values;
    private final double shift;
    /** Null where {@code values − shift} is exact. */
    private final @Nullable Doubles shifted;

    NumericColumn(Doubles values, double shift, @Nullable Doubles shifted) {
        this.values = values;
        this.shift = shift;
        this.shifted = shifted;
    }

    static NumericColumn of(double... values) {
        Doubles doubles = Doubles.of(values);
        return new NumericColumn(doubles, DecimalShift.choose(doubles, false), null);
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public boolean missing(int row) {
        return Double.isNaN(values.get(row));
    }

    /** Where columns made of this one go. */
    @Nullable
    Spill spill() {
        return values.spill();
    }

    double value(int row) {
        return values.get(row);
    }

    double shift() {
        return shift;
    }

    void gather(int[] rows, int count, double[] out) {
        values.gather(rows, count, out);
    }

    /** Values minus {@link #shift()}. */
    void gatherShifted(int[] rows, int count, double[] out) {
        if (shifted != null) {
            shifted.gather(rows, count, out);
            return;
        }
        values.gather(rows, count, out);
        if (shift != 0) {
            for (int i = 0; i < count; i++) {
                out[i] -= shift;
            }
        }
    }

    @Override
    public ColumnInfo info(String name) {
        long missing = 0;
        double min = Double.NaN;
        double max = Double.NaN;
        for (int i = 0; i < size(); i++) {
            double v = values.get(i);
            if (Double.isNaN(v)) {
                missing++;
            } else {
                min = v >= min ? min : v;
                max = v <= max ? max : v;
            }
        }
        return new ColumnInfo(name, ColumnInfo.Type.NUMERIC, missing, min, max, List.of(), shift);
    }
}
