package henderson.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for tables: three digits, no powers of ten. */
final class Numbers {
    static final String UNKNOWN = "–";

    private Numbers() {}

    /** Three significant digits, more where there are more before the point. */
    static String three(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return UNKNOWN;
        }
        if (Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
        int decimals = 3 - rounded.precision() + rounded.scale();
        return rounded.setScale(Math.max(0, decimals)).toPlainString();
    }

    /** Such as 640×. */
    static String ratio(double value) {
        return Double.isNaN(value) ? UNKNOWN : three(value) + "×";
    }

    /** A goal, as it was set. */
    static String goal(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%s", value);
    }

    /** A log-likelihood. */
    static String fixed(double value) {
        return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%.4f", value);
    }
}
