package henderson.inference;

import java.util.function.DoubleUnaryOperator;

/**
 * {@code E f(m + s u)}, u standard normal, by the trapezoidal rule, theory (172): for a function that is analytic in a strip
 * about the real line its error falls faster than any power of the step.
 */
final class NormalExpectation {
    /** Beyond so many standard deviations the density is below rounding. */
    private static final double END = 8.5;
    /** Steps in u at most; and in {@code s u}, which keeps the poles of a logistic mean ten steps away. */
    private static final double STEP = 0.25;

    private static final double STEP_OF_ETA = 0.4;

    private NormalExpectation() {}

    /** The expectation; {@code f(m)} where {@code s} is zero. */
    static double of(DoubleUnaryOperator f, double m, double s) {
        if (!(s > 0)) {
            return s == 0 ? f.applyAsDouble(m) : Double.NaN;
        }
        double h = Math.min(STEP, STEP_OF_ETA / s);
        double end = END + s; // an exponential mean has its largest product there
        int steps = (int) Math.ceil(end / h);
        double sum = 0;
        double weights = 0;
        for (int k = -steps; k <= steps; k++) {
            double u = k * h;
            double w = Math.exp(-u * u / 2);
            sum += w * f.applyAsDouble(m + s * u);
            weights += w;
        }
        return sum / weights;
    }
}
