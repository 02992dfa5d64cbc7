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
        return value == 0
                ? "0"
                : new BigDecimal(value).round(new MathContext(3)).toPlainString();
    }

    /** Such as 640×. */
    static String ratio(double value) {
        return Double.isNaN(value) ? UNKNOWN : three(value) + "×";
    }

    /** A log-likelihood. */
    static String fixed(double value) {
        return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%.4f", value);
    }
}
