package henderson.equations.generalized;

import java.util.Arrays;

/**
 * Modes of many clusters at a time: sweep after sweep the family differentiates all rows that still move in one call, and each
 * cluster takes a step of its own. A step is Newton's with third derivatives carried along, so that its error falls by the
 * third power. Clusters that do not come closer from sweep to sweep are left to {@link ClusterMode#search}, which halves steps.
 * A workspace of one thread.
 */
final class ModeSweeps {
    private static final int MOST = 12;
    /** After a step from a smaller decrement the mode is expected to be reached. */
    private static final double NEARLY = 1e-11;
    /** Where it was expected, a decrement below this confirms it. */
    private static final double CONFIRMED = 1e-20;
    /** Where η moves by less from the last mode, it is expected at once. */
    private static final double NEAR = 1e-5;
    /** The part of a decrement that may be left after a step. */
    private static final double CLOSER = 0.5;

    private final NestedPoint point;
    private final NestedRows rows;
    private final ClusterMode mode;
    /** Whether a cluster still moves, by its place in the leaf. */
    private final boolean[] moving;
    /** Decrement of a cluster before its last step. */
    private final double[] decrement;

    ModeSweeps(NestedPoint point, ClusterMode mode) {
        this.point = point;
        this.rows = point.rows;
        this.mode = mode;
        this.moving = new boolean[rows.mostClusters()];
        this.decrement = new double[rows.mostClusters()];
    }

    /**
     * Finds the modes of clusters {@code from ≤ c < to}, where there are any: {@link NestedPoint#searched} tells.
     *
     * @param values whether log densities are wanted beside derivatives
     */
    void search(int from, int to, boolean values) {
        if (!swept(from, to, values) && values) {
            rows.family.logDensity(rows.firstRow(from), rows.firstRow(to), point.eta, point.phi, 0, point.density);
        }
    }

    /** Whether log densities stand at the modes too. */
    private boolean swept(int from, int to, boolean values) {
        int left = 0;
        for (int c = from; c < to; c++) {
            moving[c - from] = !point.searched(c);
            left += moving[c - from] ? 1 : 0;
        }
        if (left == 0) {
            return false;
        }
        point.prepare(rows.firstRow(from), rows.firstRow(to));
        boolean near = values;
        for (int c = from; c < to; c++) {
            if (moving[c - from]) {
                near &= begin(c);
            }
        }
        boolean valued = false;
        Arrays.fill(decrement, 0, to - from, Double.POSITIVE_INFINITY);
        for (int sweep = 0; sweep < MOST && left > 0; sweep++) {
            valued = near && 2 * left > to - from;
            if (!(valued ? valued(from, to) : differentiated(from, to, left))) {
                break;
            }
            left = 0;
            near = values;
            for (int c = from; c < to; c++) {
                if (moving[c - from]) {
                    moving[c - from] = moved(c, c - from);
                    left += moving[c - from] ? 1 : 0;
                    near &= !moving[c - from] || decrement[c - from] < NEARLY;
                }
            }
        }
        for (int c = from; c < to; c++) {
            if (!point.searched(c)) {
                point.known[c] = false; // densities may stand anywhere
                mode.search(c);
                valued = false;
            }
        }
        return valued && left == 0;
    }

    /** Starts a cluster from where its last mode is foretold to be now; whether that will be the mode. */
    private boolean begin(int c) {
        if (rows.path == 0) {
            mode.predict(c);
            return true; // there is nothing to be found
        }
        boolean near = point.known[c] && mode.extrapolated(c) && mode.moved() < NEAR;
        mode.predict(c);
        return near;
    }

    private boolean valued(int from, int to) {
        return rows.family.logDensity(rows.firstRow(from), rows.firstRow(to), point.eta, point.phi, 3, point.density);
    }

    /** Three derivatives of the rows of clusters that move; all rows where they are many. */
    private boolean differentiated(int from, int to, int left) {
        if (2 * left > to - from) {
            return differentiated(from, to);
        }
        boolean out = true;
        for (int c = from; c < to && out; c++) {
            if (moving[c - from]) {
                int first = c;
                while (c + 1 < to && moving[c + 1 - from]) {
                    c++;
                }
                out = differentiated(first, c + 1);
            }
        }
        return out;
    }

    private boolean differentiated(int first, int end) {
        return rows.family.derivatives(rows.firstRow(first), rows.firstRow(end), point.eta, point.phi, point.density);
    }

    /** Takes a step of cluster c; false where its mode is reached, or it cannot be reached this way. */
    private boolean moved(int c, int place) {
        double now = mode.factor(c);
        double before = decrement[place];
        boolean expected = before < NEARLY && now < CONFIRMED;
        if (now < ClusterMode.NOTHING || expected) {
            mode.settle(c);
            return false;
        }
        if (!(now < CLOSER * before)) {
            return false;
        }
        decrement[place] = now;
        mode.step(c);
        mode.predict(c);
        return true;
    }
}
