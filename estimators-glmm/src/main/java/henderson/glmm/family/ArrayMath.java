package henderson.glmm.family;

/**
 * Exponentials and logarithms of arrays, in loops that the compiler turns into vector instructions: short, no branch, no
 * conversion, one array written in each. Powers of two are read and made as bits.
 */
final class ArrayMath {
    /** The largest size of an argument of {@link #exp}: results are normal numbers. */
    static final double MOST = 700;

    private static final double LOG2_E = 1.4426950408889634;
    /** {@code log 2} in two parts, the first so short that its products with whole numbers below 2¹⁶ are exact. */
    private static final double LOG_2 = 0x1.62e42fef00000p-1;

    private static final double LOG_2_REST = 0x1.473de6af278edp-34;
    /** Added to a number, it leaves the nearest whole number in the last bits. */
    private static final double WHOLE = 0x1.8p52;
    /** {@code √½}, cut off. */
    private static final long ROOT_HALF = 0x3fe6a09e00000000L;
    /** Bits of {@code 2⁵²}: ored with a whole number below that, they are their sum. */
    private static final long SHIFTED = 0x4330000000000000L;

    private static final long EXPONENT = 0xfff0000000000000L;

    private ArrayMath() {}

    /** Whether {@code x[from + i]}, i &lt; count, are together so small that none can be beyond {@value #MOST}. */
    static boolean moderate(double[] x, int from, int count) {
        return within(MOST, x, from, count);
    }

    /** Whether {@code x[from + i]}, i &lt; count, are together so small that none can be beyond {@code most}. */
    static boolean within(double most, double[] x, int from, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i < from + count - 3; i += 4) {
            a += x[i] * x[i];
            b += x[i + 1] * x[i + 1];
            c += x[i + 2] * x[i + 2];
            d += x[i + 3] * x[i + 3];
        }
        for (; i < from + count; i++) {
            a += x[i] * x[i];
        }
        return a + b + c + d < most * most;
    }

    /**
     * {@code e^x} of the first entries, to two units in the last place.
     *
     * @param x    at most {@value #MOST} in size
     * @param out  another array. Modified.
     * @param work another array. Modified.
     * @param rest another array. Modified.
     */
    static void exp(double[] x, int count, double[] out, double[] work, double[] rest) {
        for (int i = 0; i < count; i++) {
            work[i] = x[i] * LOG2_E + WHOLE;
        }
        for (int i = 0; i < count; i++) {
            double k = work[i] - WHOLE;
            rest[i] = x[i] - k * LOG_2 - k * LOG_2_REST;
        }
        for (int i = 0; i < count; i++) { // Σ r^k/k! from k = 3 on, r² apart
            double r = rest[i];
            double r2 = r * r;
            double r4 = r2 * r2;
            double low = 1.0 / 6 + r * (1.0 / 24) + r2 * (1.0 / 120 + r * (1.0 / 720));
            double middle = 1.0 / 5040 + r * (1.0 / 40_320) + r2 * (1.0 / 362_880 + r * (1.0 / 3_628_800));
            double high = 1.0 / 39_916_800 + r * (1.0 / 479_001_600) + r2 * (1.0 / 6_227_020_800.0);
            out[i] = r * (low + r4 * (middle + r4 * high));
        }
        for (int i = 0; i < count; i++) {
            double r = rest[i];
            out[i] = 1 + (r + r * r * (0.5 + out[i]));
        }
        for (int i = 0; i < count; i++) {
            out[i] = Double.longBitsToDouble(
                    Double.doubleToRawLongBits(out[i]) + (Double.doubleToRawLongBits(work[i]) << 52));
        }
    }

    /**
     * {@code log(1 + t)} of the first entries, to two units in the last place.
     *
     * @param t        ≥ 0
     * @param inverse  {@code 1/(1 + t)}
     * @param out      another array. Modified.
     * @param exponent another array. Modified.
     * @param mantissa another array. Modified.
     * @param ratio    another array. Modified.
     */
    static void logOnePlus(
            double[] t,
            double[] inverse,
            int count,
            double[] out,
            double[] exponent,
            double[] mantissa,
            double[] ratio) {
        for (int i = 0; i < count; i++) {
            out[i] = 1 + t[i];
        }
        for (int i = 0; i < count; i++) {
            long above = Double.doubleToRawLongBits(out[i]) - ROOT_HALF;
            exponent[i] = Double.longBitsToDouble(above >>> 52 | SHIFTED);
        }
        for (int i = 0; i < count; i++) {
            long bits = Double.doubleToRawLongBits(out[i]);
            mantissa[i] = Double.longBitsToDouble(bits - (bits - ROOT_HALF & EXPONENT));
        }
        for (int i = 0; i < count; i++) {
            double lost = (t[i] - (out[i] - 1)) * inverse[i]; // what rounding took from 1 + t
            out[i] = (exponent[i] - 0x1p52) * LOG_2_REST + lost;
        }
        for (int i = 0; i < count; i++) {
            double f = mantissa[i] - 1;
            ratio[i] = f / (2 + f);
        }
        for (int i = 0; i < count; i++) { // log m = 2 artanh s = f − s(f − Σ 2s^2k/(2k + 1))
            double f = mantissa[i] - 1;
            double s = ratio[i];
            double z = s * s;
            double z2 = z * z;
            double z4 = z2 * z2;
            double low = 2.0 / 3 + z * (2.0 / 5) + z2 * (2.0 / 7 + z * (2.0 / 9));
            double high = 2.0 / 11 + z * (2.0 / 13) + z2 * (2.0 / 15 + z * (2.0 / 17));
            out[i] = out[i] + s * (f * f / 2 + z * (low + z4 * (high + z4 * (2.0 / 19 + z * (2.0 / 21)))));
        }
        for (int i = 0; i < count; i++) {
            double f = mantissa[i] - 1;
            out[i] = (exponent[i] - 0x1p52) * LOG_2 + (f - (f * f / 2 - out[i]));
        }
    }
}
