package henderson.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Stata's general format {@code %w.0g}: as many digits as fit, {@code w − 2} significant ones at most, no trailing zeros, no
 * zero before the point, an exponent below 1e-5 and where the whole part has more than {@code w − 2} digits.
 */
public final class GeneralFormat {
    /** Below this an exponent shows more digits than a fraction of {@code w − 2} decimals. */
    private static final double SMALLEST = 1e-5;

    private GeneralFormat() {}

    /** Not padded; {@code .} for what is not a finite number. */
    public static String format(double x, int width) {
        if (!Double.isFinite(x)) {
            return ".";
        }
        if (x == 0) {
            return "0";
        }
        double size = Math.abs(x);
        return size < SMALLEST ? exponent(x, width) : fixed(x, width);
    }

    /** {@code %9.0g}, right-aligned in nine columns. */
    public static String nine(double x) {
        return pad(format(x, 9), 9);
    }

    /** {@code %8.2f}, or the general format where that is too wide. */
    public static String twoDecimals(double x, int width) {
        if (!Double.isFinite(x)) {
            return pad(".", width);
        }
        String s = String.format(Locale.ROOT, "%.2f", x);
        return pad(s.length() > width ? format(x, width) : s, width);
    }

    /** A probability with a fixed number of decimals. */
    public static String probability(double p, int decimals) {
        return Double.isNaN(p) ? "." : String.format(Locale.ROOT, "%." + decimals + "f", p);
    }

    /** A count with commas between thousands. */
    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Spaces before. */
    public static String pad(String s, int width) {
        return s.length() >= width ? s : " ".repeat(width - s.length()) + s;
    }

    private static String fixed(double x, int width) {
        int digits = width - 2;
        BigDecimal exact = new BigDecimal(x);
        int whole = Math.max(0, exact.precision() - exact.scale());
        BigDecimal rounded = exact.setScale(Math.max(0, digits - whole), RoundingMode.HALF_EVEN);
        if (rounded.precision() - rounded.scale() > digits) {
            return exponent(x, width);
        }
        String s = rounded.stripTrailingZeros().toPlainString();
        if (s.startsWith("0.")) {
            return s.substring(1);
        }
        return s.startsWith("-0.") ? '-' + s.substring(2) : s;
    }

    private static String exponent(double x, int width) {
        BigDecimal exact = new BigDecimal(x);
        int rough = exact.precision() - exact.scale() - 1;
        int decimals = Math.max(0, width - (Math.abs(rough) >= 100 ? 8 : 7));
        BigDecimal rounded = exact.round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
        int power = rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(power)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
        return mantissa + 'e' + (power < 0 ? '-' : '+') + (Math.abs(power) < 10 ? "0" : "") + Math.abs(power);
    }
}
