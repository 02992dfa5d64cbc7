package henderson.em;

import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Squared extrapolation of a map that never goes uphill (Varadhan and Roland 2008, step length S3), kept from going uphill
 * itself: two steps of the map, then {@code x₀ − 2αr + α²v}; where that is not lower than the first of the two steps, it is
 * drawn back towards the second.
 */
final class Squarem {
    private static final double FIRST_LENGTH = 4;
    private static final double GROWTH = 4;
    /** A step of the map cannot rise by more than rounding, which may be this many times what extrapolation is granted. */
    private static final double ROUNDING = 16;

    private static final int RETREATS = 3;
    private static final int HALVINGS = 40;

    private final ToDoubleFunction<double[]> value;
    private final UnaryOperator<double[]> map;
    private final UnaryOperator<double[]> fallback;
    private final double[] unit;
    private final double relativeNoise;
    private double longest = FIRST_LENGTH;
    private double here;
    private boolean stuck;

    /**
     * @param value what never rises; the map speaks of the point where it was taken last
     * @param map      one step
     * @param fallback a step that cannot rise, taken where the map rises
     * @param unit     of each coordinate
     */
    Squarem(
            ToDoubleFunction<double[]> value,
            UnaryOperator<double[]> map,
            UnaryOperator<double[]> fallback,
            double[] unit,
            double relativeNoise) {
        this.value = value;
        this.map = map;
        this.fallback = fallback;
        this.unit = unit;
        this.relativeNoise = relativeNoise;
    }

    /** The point after a cycle from {@code x0}, where the value {@code d0} was taken last; it is taken last at the new point. */
    double[] cycle(double[] x0, double d0) {
        double[] x1 = step(x0, d0);
        if (stuck) {
            return x0;
        }
        double d1 = here;
        double[] x2 = map.apply(x1);
        double alpha = length(x0, x1, x2);
        boolean full = alpha == -longest;
        for (int i = 0; i < RETREATS && alpha < -1.01; i++) {
            double[] far = extrapolate(x0, x1, x2, alpha);
            here = value.applyAsDouble(far);
            if (here <= d1 + noise(d1)) {
                longest = full && i == 0 ? longest * GROWTH : longest;
                return far;
            }
            longest = Math.max(FIRST_LENGTH, longest / GROWTH);
            alpha = (alpha - 1) / 2;
        }
        here = value.applyAsDouble(x2);
        if (here <= d1 + noise(d1)) {
            return x2;
        }
        here = value.applyAsDouble(x1);
        return x1;
    }

    /** The value at the last point. */
    double value() {
        return here;
    }

    /** Whether no step from the last point goes down. */
    boolean stuck() {
        return stuck;
    }

    private double noise(double d) {
        return relativeNoise * Math.max(1, Math.abs(d));
    }

    /** A step from x that does not rise; the value is taken last there. */
    private double[] step(double[] x, double d) {
        double[] next = map.apply(x);
        here = value.applyAsDouble(next);
        if (here <= d + ROUNDING * noise(d)) {
            return next;
        }
        value.applyAsDouble(x);
        next = fallback.apply(x);
        for (int i = 0; i < HALVINGS; i++) {
            here = value.applyAsDouble(next);
            if (here <= d + ROUNDING * noise(d)) {
                return next;
            }
            for (int k = 0; k < x.length; k++) {
                next[k] = (x[k] + next[k]) / 2;
            }
        }
        stuck = true;
        here = value.applyAsDouble(x);
        return x;
    }

    /** {@code −‖r‖/‖v‖}, between −longest and −1. */
    private double length(double[] x0, double[] x1, double[] x2) {
        double r = 0;
        double v = 0;
        for (int k = 0; k < x0.length; k++) {
            double first = (x1[k] - x0[k]) / unit[k];
            double change = (x2[k] - x1[k]) / unit[k] - first;
            r += first * first;
            v += change * change;
        }
        return v > 0 ? Math.max(-longest, Math.min(-1, -Math.sqrt(r / v))) : -1;
    }

    private static double[] extrapolate(double[] x0, double[] x1, double[] x2, double alpha) {
        double[] out = new double[x0.length];
        for (int k = 0; k < out.length; k++) {
            double r = x1[k] - x0[k];
            double v = x2[k] - x1[k] - r;
            out[k] = x0[k] - 2 * alpha * r + alpha * alpha * v;
        }
        return out;
    }
}
