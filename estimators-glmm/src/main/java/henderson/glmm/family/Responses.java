package henderson.glmm.family;

import henderson.api.Family.Response;
import henderson.api.HendersonException;
import java.math.BigDecimal;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Checks of a response, with messages that name the row. */
final class Responses {
    private Responses() {}

    /** Every value must be right, or an error says what {@code a} value of this family is. */
    static void require(Response y, DoublePredicate right, String rule, String advice) {
        for (int i = 0; i < y.values().length; i++) {
            if (!right.test(y.values()[i])) {
                throw at(y, i, text(y.values()[i]) + " " + rule, advice);
            }
        }
    }

    static HendersonException at(Response y, int i, String what, @Nullable String advice) {
        return new HendersonException("Response '" + y.name() + "', row " + y.row(i) + ": " + what + ".", advice);
    }

    /** A family of numbers has no use for a factor, nor for trials. */
    static void requireNumbers(Response y, String family) {
        if (y.levels() != null) {
            throw new HendersonException(
                    "Response '" + y.name() + "' is a factor with levels " + String.join(", ", y.levels()) + "; a "
                            + family + " response has numbers.",
                    "Maybe the family should be binomial or ordinal.");
        }
        if (y.trials() != null) {
            throw new HendersonException(
                    "Response '" + y.name() + "' counts successes of trials; a " + family + " response does not.",
                    "Maybe the family should be binomial.");
        }
    }

    static boolean isCount(double x) {
        return x >= 0 && x == Math.rint(x) && x < 1e15;
    }

    /** What each row's log density is multiplied by: its weight times its frequency; null when all are one. */
    static double @Nullable [] multipliers(Response y) {
        return product(y, weights(y), y.frequencies());
    }

    /** The precision weights, checked. */
    static double @Nullable [] weights(Response y) {
        double[] weights = y.weights();
        if (weights != null) {
            for (int i = 0; i < weights.length; i++) {
                if (!(weights[i] > 0) || Double.isInfinite(weights[i])) {
                    throw at(
                            y,
                            i,
                            "the weight " + text(weights[i]) + " is not a positive number",
                            "Maybe leave the row out with --where.");
                }
            }
        }
        return weights;
    }

    private static double @Nullable [] product(Response y, double @Nullable [] a, double @Nullable [] b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        double[] out = new double[y.values().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = a[i] * b[i];
        }
        return out;
    }

    static double at(double @Nullable [] values, int i) {
        return values == null ? 1 : values[i];
    }

    /** Mean and variance of some numbers. */
    static double[] moments(double[] y) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < y.length; i++) {
            double step = y[i] - mean;
            mean += step / (i + 1);
            squares += step * (y[i] - mean);
        }
        return new double[] {mean, squares / Math.max(1, y.length - 1)};
    }

    /** A number as people write it. */
    static String text(double x) {
        return Double.isFinite(x) && Math.abs(x) < 1e15
                ? new BigDecimal(Double.toString(x)).stripTrailingZeros().toPlainString()
                : Double.toString(x);
    }
}
