package henderson.structures;

import henderson.api.HendersonException;
import henderson.api.Positions;
import java.util.Arrays;
import java.util.Locale;

/** Places of positions on a line, read once when a kind is bound. */
final class Times {
    /** Whole-number positions may span this much: correlations are tabulated by lag. */
    static final int WIDEST_SPAN = 10_000_000;

    /** One per position, in their order. */
    private final double[] values;

    private Times(double[] values) {
        this.values = values;
    }

    /**
     * Whole numbers.
     *
     * @throws HendersonException where the positions have none, two are equal, or they span too much
     */
    static Times whole(String kind, Positions positions) {
        double[] values = new double[positions.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = positions.integer(i);
            }
        } catch (UnsupportedOperationException e) {
            throw noNumbers(kind, "whole-number", e);
        }
        Times out = distinct(kind, values, positions);
        if (out.span() > WIDEST_SPAN) {
            throw new HendersonException(
                    "The positions of structure '" + kind + "' span " + text(out.span()) + " occasions, from "
                            + text(out.first()) + " to " + text(out.first() + out.span()) + "; at most "
                            + WIDEST_SPAN + ".",
                    "Maybe measure time in a longer unit, or use exponential, which takes any real times.");
        }
        return out;
    }

    /** Any numbers. */
    static Times real(String kind, Positions positions) {
        double[] values = new double[positions.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = positions.real(i);
            }
        } catch (UnsupportedOperationException e) {
            throw noNumbers(kind, "numeric", e);
        }
        return distinct(kind, values, positions);
    }

    /** Numbers of which some may be equal. */
    static Times of(double[] values) {
        return new Times(values);
    }

    static HendersonException noNumbers(String kind, String which, UnsupportedOperationException cause) {
        return new HendersonException(
                "Structure '" + kind + "' needs " + which + " positions, and these have none.",
                "Maybe name the occasions: " + kind + "(0 + visit | id) with a factor whose levels are numbers.",
                cause);
    }

    private static Times distinct(String kind, double[] values, Positions positions) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new HendersonException(
                        "Two positions of structure '" + kind + "' are both at " + text(sorted[i]) + ".",
                        "Maybe two levels are written differently and mean the same number.");
            }
        }
        if (sorted.length == 1) {
            throw new HendersonException(
                    "Structure '" + kind + "' has one position only, " + positions.label(0)
                            + "; a correlation needs at least 2.",
                    "Maybe the time variable is constant, or another one was meant.");
        }
        return new Times(values);
    }

    /** A number as people write it. */
    static String text(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e15 ? String.format(Locale.ROOT, "%.0f", x) : Double.toString(x);
    }

    int size() {
        return values.length;
    }

    double at(int i) {
        return values[i];
    }

    /** Distance of two positions. */
    double distance(int i, int j) {
        return Math.abs(values[i] - values[j]);
    }

    /** The earliest. */
    double first() {
        return Arrays.stream(values).min().orElseThrow();
    }

    /** From the earliest to the latest. */
    double span() {
        return Arrays.stream(values).max().orElseThrow() - first();
    }

    /** The span of a list of positions. */
    int span(int[] at) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i : at) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        return at.length == 0 ? 0 : (int) (most - least);
    }

    boolean isAscending(int[] at) {
        for (int i = 1; i < at.length; i++) {
            if (!(values[at[i]] > values[at[i - 1]])) {
                return false;
            }
        }
        return true;
    }

    /** Ascending, or equal. */
    boolean isNowhereDescending(int[] at) {
        for (int i = 1; i < at.length; i++) {
            if (!(values[at[i]] >= values[at[i - 1]])) {
                return false;
            }
        }
        return true;
    }

    /** The steps between the rows of an ascending list. */
    Steps steps(int[] at) {
        double[] gaps = new double[Math.max(0, at.length - 1)];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = values[at[i + 1]] - values[at[i]];
        }
        double[] different = Arrays.stream(gaps).sorted().distinct().toArray();
        int[] of = new int[at.length];
        for (int i = 0; i < gaps.length; i++) {
            of[i + 1] = Arrays.binarySearch(different, gaps[i]);
        }
        return new Steps(different, of);
    }

    /**
     * Steps from row to row.
     *
     * @param gaps different lengths of steps, ascending
     * @param of   index of the step that leads to each row; 0, and without meaning, for the first row
     */
    record Steps(double[] gaps, int[] of) {}
}
