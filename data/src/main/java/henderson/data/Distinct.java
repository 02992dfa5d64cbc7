package henderson.data;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Distinct values of rows, and which of them each row has.
 *
 * @param values distinct values, ascending
 * @param at     index into {@code values}, by used row
 */
record Distinct(long[] values, int[] at) {
    private static final long ALL_BUT_SIGN = Long.MAX_VALUE;

    /** Of {@code key(0)} to {@code key(rows − 1)}. */
    static Distinct of(int rows, IntToLongFunction key) {
        LongCodes seen = new LongCodes();
        int[] at = new int[rows];
        for (int i = 0; i < rows; i++) {
            at[i] = seen.code(key.applyAsLong(i));
        }
        long[] values = new long[seen.size()];
        Arrays.setAll(values, seen::key);
        Arrays.sort(values);
        int[] rank = new int[values.length];
        Arrays.setAll(rank, c -> Arrays.binarySearch(values, seen.key(c)));
        for (int i = 0; i < rows; i++) {
            at[i] = rank[at[i]];
        }
        return new Distinct(values, at);
    }

    /** Of numbers, none of them NaN; {@link #number} gives them back. */
    static Distinct of(double[] numbers) {
        return of(numbers.length, i -> ordered(numbers[i]));
    }

    /** A whole number whose order is that of the doubles. */
    private static long ordered(double x) {
        long bits = Double.doubleToLongBits(x + 0.0); // −0 is 0
        return bits ^ bits >> 63 & ALL_BUT_SIGN;
    }

    int size() {
        return values.length;
    }

    double number(int i) {
        return Double.longBitsToDouble(values[i] ^ values[i] >> 63 & ALL_BUT_SIGN);
    }

    double[] numbers() {
        double[] out = new double[size()];
        Arrays.setAll(out, this::number);
        return out;
    }
}
