package henderson.inference;

import henderson.api.Scale;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/** Estimates with intervals that are symmetric on the scale where the parameter is unbounded. */
final class Intervals {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final double z;

    /** For a confidence level in percent. */
    Intervals(double level) {
        this.z = NORMAL.inverseSurvivalProbability((1 - level / 100) / 2);
    }

    /** The quantile: 1.96 at 95 %. */
    double quantile() {
        return z;
    }

    /** Two-sided tail of a normal statistic. */
    static double pValue(double statistic) {
        return 2 * NORMAL.survivalProbability(Math.abs(statistic));
    }

    /**
     * An estimate with standard error and interval; without both on a boundary or for an unusable variance.
     *
     * @param variance of the estimate; NaN, negative or infinite: not known
     */
    Estimate estimate(
            String name, @Nullable String level, double value, double variance, Scale scale, boolean boundary) {
        double se = Math.sqrt(variance);
        if (boundary || !Double.isFinite(se)) {
            return new Estimate(name, level, value, null, null, null, boundary);
        }
        double a = finite(end(value, -z * se, scale));
        double b = finite(end(value, z * se, scale));
        boolean known = !Double.isNaN(a) && !Double.isNaN(b);
        return new Estimate(name, level, value, se, known ? (Double) a : null, known ? (Double) b : null, false);
    }

    private static double finite(double x) {
        return Double.isInfinite(x) ? Double.NaN : x;
    }

    /** The value moved by {@code step}, the step taken on the scale: f⁻¹(f(x) + f′(x) step). */
    private static double end(double x, double step, Scale scale) {
        return switch (scale) {
            case PLAIN -> x + step;
            case LOG -> x > 0 ? x * Math.exp(step / x) : Double.NaN;
            case ATANH -> Math.abs(x) < 1 ? Math.tanh(atanh(x) + step / (1 - x * x)) : Double.NaN;
            case LOGIT ->
                x > 0 && x < 1 ? 1 / (1 + Math.exp(Math.log((1 - x) / x) - step / (x * (1 - x)))) : Double.NaN;
        };
    }

    private static double atanh(double x) {
        return 0.5 * (Math.log1p(x) - Math.log1p(-x));
    }
}
