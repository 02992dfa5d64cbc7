package henderson.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Decimal shift of a column whose range is small beside its magnitude: {@code decimal = shift + v}, the shift a short
 * number that a double holds exactly, {@code v} the double nearest to the difference of the decimals.
 */
final class DecimalShift {
    /** A column is shifted when six bits or more of its doubles are the same for all rows. */
    private static final double SMALL = 64;

    private DecimalShift() {}

    /** The shift for a column, 0 for none; {@code wide} when some number had more digits than its double. */
    static double choose(Doubles values, boolean wide) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.size(); i++) {
            double v = values.get(i);
            min = v < min ? v : min;
            max = v > max ? v : max;
        }
        return min <= max ? choose(min, max, wide) : 0;
    }

    /** The shift for a column of this range. */
    static double choose(double min, double max, boolean wide) {
        double magnitude = Math.max(Math.abs(min), Math.abs(max));
        double range = Math.max(max - min, wide ? Math.ulp(magnitude) : 0);
        if (!(range > Double.MIN_NORMAL) || !(magnitude >= SMALL * range) || magnitude > 1e300) {
            return 0;
        }
        double nearest = Math.min(Math.abs(min), Math.abs(max));
        int k = (int) Math.ceil(Math.log10(range));
        BigDecimal decimal = new BigDecimal(nearest)
                .divide(BigDecimal.ONE.scaleByPowerOfTen(k), 0, RoundingMode.DOWN)
                .scaleByPowerOfTen(k);
        double shift = decimal.doubleValue();
        if (new BigDecimal(shift).compareTo(decimal) != 0) {
            // no decimal of that length is a double: one of as few binary digits
            double unit = Math.scalb(1.0, Math.getExponent(range));
            shift = Math.rint(nearest / unit) * unit;
        }
        return Math.copySign(shift, max);
    }

    /** The column, with what its doubles lost kept beside them where it is needed. */
    static NumericColumn apply(NumericBuilder builder) {
        Doubles values = builder.values();
        double shift = choose(values, builder.wide());
        return new NumericColumn(values, shift, shift == 0 ? null : shifted(builder, values, shift));
    }

    private static @Nullable Doubles shifted(NumericBuilder builder, Doubles values, double shift) {
        NumericBuilder.Cursor cursor = builder.new Cursor();
        Doubles out = new Doubles(values.spill());
        boolean exact = true;
        for (int i = 0; i < values.size(); i++) {
            double v = cursor.next() ? difference(cursor, values.get(i) < 0, shift) : Double.NaN;
            exact &= Double.isNaN(v) || v == values.get(i) - shift;
            out.add(v);
        }
        return exact ? null : out.seal();
    }

    /**
     * What is left of every number behind the shift, or null where doubles say it exactly.
     *
     * @param values   numbers of at most 15 digits
     * @param fraction of which at most so many are behind the point
     */
    static @Nullable Doubles shifted(Doubles values, int fraction, double shift) {
        double power = NumberScanner.POWERS[fraction];
        long unit = (long) power;
        boolean whole = shift == Math.rint(shift)
                && Math.abs(shift) < 0x1p53
                && Math.multiplyHigh((long) shift, unit) == (long) shift * unit >> 63
                && Math.abs((long) shift * unit) < Long.MAX_VALUE / 2;
        BigDecimal exactShift = new BigDecimal(shift);
        Doubles out = new Doubles(values.spill());
        boolean exact = true;
        for (int i = 0; i < values.size(); i++) {
            double v = values.get(i);
            if (!Double.isNaN(v)) {
                long digits = (long) Math.rint(v * power);
                long difference = whole ? digits - (long) shift * unit : Long.MAX_VALUE;
                double left = Math.abs(difference) <= 1L << 53
                        ? difference / power // both exact: the nearest double
                        : BigDecimal.valueOf(digits, fraction)
                                .subtract(exactShift)
                                .doubleValue();
                exact &= left == v - shift;
                v = left;
            }
            out.add(v);
        }
        return exact ? null : out.seal();
    }

    private static double difference(NumericBuilder.Cursor cursor, boolean negative, double shift) {
        int e = cursor.exponent;
        if (cursor.isDecimal() && e <= 0 && e >= -18 && shift == Math.rint(shift) && Math.abs(shift) < 0x1p53) {
            long unit = (long) NumberScanner.POWERS[-e];
            long high = Math.multiplyHigh((long) shift, unit);
            long low = (long) shift * unit;
            if (high == low >> 63) {
                long difference = (negative ? -cursor.mantissa : cursor.mantissa) - low;
                if (Math.abs(low) < Long.MAX_VALUE / 2 && Math.abs(difference) <= 1L << 53) {
                    return difference / NumberScanner.POWERS[-e]; // both exact: the nearest double
                }
            }
        }
        return cursor.decimal().subtract(new BigDecimal(shift)).doubleValue();
    }
}
