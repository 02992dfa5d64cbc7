package henderson.structures;

import henderson.api.HendersonException;
import henderson.api.Positions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Places of positions on a line or in a plane (or more axes), and their distances. */
final class Sites {
    /** A reference distance is at least this part of the median one. */
    private static final double LEAST_REFERENCE = 1 / 8.0;

    /** Coordinates, axes × positions. */
    private final double[][] axes;
    /** The only axis, null where there are more. */
    private final @Nullable Times line;

    private Sites(double[][] axes) {
        this.axes = axes;
        this.line = axes.length == 1 ? Times.of(axes[0]) : null;
    }

    /** On a line, all different. */
    static Sites onLine(String kind, Positions positions) {
        Times times = Times.real(kind, positions);
        double[] values = new double[times.size()];
        Arrays.setAll(values, times::at);
        return new Sites(new double[][] {values});
    }

    /**
     * In as many axes as positions have.
     *
     * @throws HendersonException where they have no numbers, or all are at one place
     */
    static Sites of(String kind, Positions positions) {
        double[][] axes = new double[positions.axes()][positions.size()];
        try {
            for (int a = 0; a < axes.length; a++) {
                for (int i = 0; i < axes[a].length; i++) {
                    axes[a][i] = positions.coordinate(i, a);
                }
            }
        } catch (UnsupportedOperationException e) {
            throw Times.noNumbers(kind, "numeric", e);
        }
        Sites out = new Sites(axes);
        if (!(out.extent() > 0)) {
            throw new HendersonException(
                    "Structure '" + kind + "' has all its positions at one place, " + positions.label(0)
                            + "; a correlation by distance needs at least 2.",
                    "Maybe the variable of places is constant, or another one was meant.");
        }
        return out;
    }

    int size() {
        return axes[0].length;
    }

    /** The places as times, null unless there is one axis. */
    @Nullable
    Times line() {
        return line;
    }

    /** Euclidean distance. */
    double distance(int i, int j) {
        if (axes.length == 1) {
            return Math.abs(axes[0][i] - axes[0][j]);
        }
        double sum = 0;
        for (double[] axis : axes) {
            sum += (axis[i] - axis[j]) * (axis[i] - axis[j]);
        }
        return Math.sqrt(sum);
    }

    /** Diagonal of the smallest box that holds all. */
    double extent() {
        double sum = 0;
        for (double[] axis : axes) {
            double least = Arrays.stream(axis).min().orElse(0);
            double most = Arrays.stream(axis).max().orElse(0);
            sum += (most - least) * (most - least);
        }
        return Math.sqrt(sum);
    }

    /**
     * The smallest distance of neighbours along the first axis, but no less than an eighth of the median one: places that
     * differ from group to group may be near one another by chance.
     */
    double reference() {
        Integer[] order = new Integer[size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(axes[0][a], axes[0][b]));
        double[] gaps = new double[order.length];
        int count = 0;
        for (int i = 1; i < order.length; i++) {
            double d = distance(order[i], order[i - 1]);
            if (d > 0) {
                gaps[count++] = d;
            }
        }
        Arrays.sort(gaps, 0, count);
        return Math.max(gaps[0], LEAST_REFERENCE * gaps[count / 2]);
    }
}
