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

    /**
     * What a pass over a column finds.
     *
     * @param finite   whether no value is missing or infinite
     * @param min      smallest value
     * @param max      largest value
     * @param mean     mean of the shifted values
     * @param variance variance, to a few digits
     */
    record Facts(boolean finite, double min, double max, double mean, double variance) {}

    private @Nullable Facts facts;

    /** What a pass over the column finds, taken once. */
    Facts facts() {
        Facts known = facts;
        if (known == null) {
            known = (shifted == null ? values : shifted).facts(shifted == null ? shift : 0);
            facts = known;
        }
        return known;
    }

    /** Where the values without their shift lie as they are, or null. */
    @Nullable
    Doubles shiftedValues() {
        return shifted != null ? shifted : shift == 0 ? values : null;
    }

    /** Where the values lie. */
    Doubles values() {
        return values;
    }

    private @Nullable Integer fraction;

    /** The first row whose value is not whole, or −1; found once. */
    int fraction() {
        Integer known = fraction;
        if (known == null) {
            known = -1;
            for (int i = 0; known < 0 && i < size(); i++) {
                double v = values.get(i);
                known = v != Math.rint(v) && !Double.isNaN(v) ? i : -1;
            }
            fraction = known;
        }
        return known;
    }

    /** Tells what reading has found: that all its values are whole. */
    NumericColumn whole() {
        fraction = -1;
        return this;
    }

    private @Nullable CategoricalColumn levels;

    /** Its distinct values as levels, found once. */
    CategoricalColumn levels() {
        CategoricalColumn known = levels;
        if (known == null) {
            known = Factors.ofNumbers(this);
            levels = known;
        }
        return known;
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
