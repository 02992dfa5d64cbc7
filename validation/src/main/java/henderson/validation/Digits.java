package henderson.validation;

import java.math.BigDecimal;
import java.math.MathContext;

/** Digits of agreement: the log relative error. */
final class Digits {
    /** More decimal digits than a double has: two equal numbers agree in so many. */
    static final double CAP = 16;

    private Digits() {}

    /**
     * Decimal digits in which a number agrees with a reference: {@code −log₁₀(|got − expected| / scale)}, theory (47).
     *
     * <p>The difference is taken in decimal, so that a reference of more than 16 digits loses none.
     *
     * @param scale ≥ 0; at 0 only equality agrees
     * @return 0 … {@value #CAP}; 0 for a number that is not finite
     */
    static double of(BigDecimal expected, double got, double scale) {
        if (!Double.isFinite(got)) {
            return 0;
        }
        double error = new BigDecimal(got).subtract(expected).abs().doubleValue();
        if (error == 0) {
            return CAP;
        }
        return scale > 0 ? clamp(-Math.log10(error / scale)) : 0;
    }

    /** Significant digits of a decimal as it is written: 6 in {@code .0390124}, 7 in {@code 19.35561}. */
    static int significant(BigDecimal printed) {
        return printed.signum() == 0 ? 1 : printed.precision();
    }

    /** One unit of the last digit of a decimal as it is written. */
    static double lastUnit(BigDecimal printed) {
        return printed.ulp().round(MathContext.DECIMAL64).doubleValue();
    }

    private static double clamp(double digits) {
        return Math.max(0, Math.min(CAP, digits));
    }
}
