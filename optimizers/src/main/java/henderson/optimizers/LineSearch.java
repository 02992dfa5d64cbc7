package henderson.optimizers;

/**
 * A point along a direction that fulfils the weak conditions of Wolfe, by bracketing and safeguarded interpolation; a NaN
 * counts as too high. Where values differ by rounding only, the slope alone must have flattened enough.
 */
final class LineSearch {
    private static final double DECREASE = 1e-4;
    private static final double FLATTEN = 0.9;
    private static final int TRIALS = 60;

    private final Search search;
    private double length;

    LineSearch(Search search) {
        this.search = search;
    }

    /** The accepted step in units of the direction. */
    double length() {
        return length;
    }

    /** Searches along {@code p} from the accepted point; whether a point was accepted. */
    boolean search(double[] p, double first) {
        double slope0 = Search.dot(search.g, p);
        if (!(slope0 < 0)) {
            return false;
        }
        double low = 0;
        double lowValue = search.value;
        double lowSlope = slope0;
        double high = Double.POSITIVE_INFINITY;
        double highValue = Double.NaN;
        length = first;
        for (int trial = 0; trial < TRIALS && search.mayEvaluate(); trial++) {
            for (int i = 0; i < p.length; i++) {
                search.trial[i] = search.x[i] + length * p[i];
            }
            double value = search.value();
            boolean lower = value <= search.value + DECREASE * length * slope0;
            boolean equal = Math.abs(value - search.value) <= search.noise();
            if ((lower || equal) && search.gradientOfTrial()) {
                double slope = Search.dot(search.trialGradient, p);
                boolean flat = slope >= FLATTEN * slope0;
                if (flat && (lower || slope <= (2 * DECREASE - 1) * slope0)) {
                    search.accept(value);
                    return true;
                }
                if (!flat) {
                    low = length;
                    lowValue = value;
                    lowSlope = slope;
                    length = Double.isInfinite(high) ? 3 * length : inside(low, high, lowValue, lowSlope, highValue);
                    continue;
                }
            }
            high = length;
            highValue = value;
            length = inside(low, high, lowValue, lowSlope, highValue);
        }
        return false;
    }

    /** The minimum of the parabola through both ends, kept away from them. */
    private static double inside(double low, double high, double lowValue, double lowSlope, double highValue) {
        double width = high - low;
        double bend = highValue - lowValue - lowSlope * width;
        double at = -lowSlope * width / (2 * bend);
        if (!(at > 0.1)) {
            at = Double.isFinite(bend) && bend > 0 ? 0.1 : 0.5;
        }
        return low + Math.min(at, 0.9) * width;
    }
}
