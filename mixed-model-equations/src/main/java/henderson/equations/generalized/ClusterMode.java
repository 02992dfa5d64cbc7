package henderson.equations.generalized;

import org.jspecify.annotations.Nullable;

/**
 * Mode and curvature of one cluster at a time: Newton's method on {@code h(v) = −Σ ℓ + ½vᵀv}, {@code H} eliminated from
 * the innermost units outwards, theory (109) to (111). A workspace of one thread.
 *
 * <p>Letters: M P×P, the quadratic form in the effects on the path to a unit; D, E its blocks at the unit itself and beside
 * its ancestors; C and B of {@link Centre}.
 */
final class ClusterMode {
    /** Where h promises to fall by less, one more step ends the search: d is then exact to rounding. */
    static final double DECREMENT = 1e-15;
    /** Where it promises to fall by less, v is the mode to rounding already. */
    static final double NOTHING = 1e-26;

    /** Derivatives of a density are carried along while η moves by less. */
    static final double NEAR = 0.5;

    static final int STEPS = 100;
    static final int HALVINGS = 40;
    /** The part of the decrease promised by the slope that a step must keep (Armijo). */
    static final double DESCENT = 1e-4;

    private final NestedPoint point;
    private final NestedRows rows;
    private final int n;
    private final int path;

    /** For one random effect per cluster; null otherwise. */
    private final @Nullable ScalarMode scalar;

    private final UnitSolver solver;
    private final ModeFactor factor;
    /** Where steps of the units of a cluster began, by depth. */
    private final double[][] start;

    /** v along the path. */
    private final double[] along;

    /** η of a cluster before it moved. */
    private final double[] before;

    private double magnitude;
    private double furthest;

    ClusterMode(NestedPoint point) {
        this.point = point;
        this.rows = point.rows;
        this.n = rows.n;
        this.path = rows.path;
        int depths = rows.depths;
        this.solver = new UnitSolver(rows, point.curvature);
        this.factor = new ModeFactor(point, solver);
        this.start = new double[depths][];
        for (int l = 0; l < depths; l++) {
            start[l] = new double[rows.mostUnits(l) * rows.width[l]];
        }
        this.scalar = depths == 1 && path == 1 ? new ScalarMode(point) : null;
        this.before = new double[rows.mostRows()];
        this.along = new double[path];
    }

    /**
     * Finds the mode of cluster c from the last one, or from zero where that fails; densities are left at it with three
     * derivatives, C and B in the point's curvature.
     *
     * @return h at the mode, NaN where none is found
     */
    double search(int c) {
        point.stamp[c] = point.current;
        point.prepare(rows.firstRow(c), rows.firstRow(c + 1));
        if (scalar != null) {
            return scalar.search(c);
        }
        double h = point.known[c] && extrapolated(c) ? newton(c) : Double.NaN;
        h = Double.isNaN(h) ? newton(c) : h;
        if (Double.isNaN(h)) {
            zero(c);
            h = newton(c);
        }
        if (Double.isNaN(h)) {
            zero(c);
        }
        point.known[c] = !Double.isNaN(h);
        return h;
    }

    /** Whether cluster c has a mode at the present point, which is searched where it was not yet. */
    boolean find(int c) {
        return point.searched(c) || !Double.isNaN(search(c));
    }

    /** {@code h + ½ log|H|} from densities and curvature at the mode. */
    double laplace(int c) {
        double out = 0;
        for (int l = 0; l < rows.depths; l++) {
            for (int unit = rows.first(l, c); unit < rows.first(l, c + 1); unit++) {
                out -= point.curvature.logRoot[l][unit];
            }
        }
        double sum = 0;
        for (int i = rows.firstRow(c); i < rows.firstRow(c + 1); i++) {
            sum += point.density[i];
        }
        return out + squares(c) / 2 - sum;
    }

    /** η at the present v. */
    void predict(int c) {
        if (scalar != null) {
            scalar.predict(c);
        } else {
            predictor(0, c);
        }
    }

    /** From three derivatives at v: H factored, and what h promises to fall by; NaN where H is not positive. */
    double factor(int c) {
        if (scalar != null) {
            return scalar.factor(c);
        }
        return factor.of(c, false) ? factor.decrement() : Double.NaN;
    }

    /** Newton's step from there, then a second one by derivatives carried along. */
    void step(int c) {
        if (scalar != null) {
            scalar.step(c);
            return;
        }
        solver.substitute(c);
        add(c);
        extrapolated(c);
    }

    /** The mode is where {@link #factor} was taken last. */
    void settle(int c) {
        if (scalar != null) {
            scalar.settle(c);
        }
        point.stamp[c] = point.current;
        point.known[c] = true;
    }

    private double squares(int c) {
        double squares = 0;
        for (int l = 0; l < rows.depths; l++) {
            int q = rows.width[l];
            for (int a = rows.first(l, c) * q; a < rows.first(l, c + 1) * q; a++) {
                squares += point.mode[l][a] * point.mode[l][a];
            }
        }
        return squares;
    }

    /**
     * A first step without a density: its derivatives at the last mode are carried along to where η is now, by a Taylor
     * series. False where that is too far, or no step comes of it.
     */
    boolean extrapolated(int c) {
        if (scalar != null) {
            return scalar.extrapolated(c);
        }
        int from = rows.firstRow(c);
        int to = rows.firstRow(c + 1);
        System.arraycopy(point.eta, from, before, 0, to - from);
        predictor(0, c);
        double[] density = point.density;
        furthest = 0;
        for (int i = from; i < to; i++) {
            double moved = point.eta[i] - before[i - from];
            if (!(Math.abs(moved) < NEAR)) {
                return false;
            }
            furthest = Math.max(furthest, Math.abs(moved));
            density[n + i] += moved * (density[2 * n + i] + moved / 2 * density[3 * n + i]);
            density[2 * n + i] += moved * density[3 * n + i];
        }
        if (!factor.of(c, false)) {
            return false;
        }
        solver.substitute(c);
        add(c);
        return true;
    }

    /** How far η was carried by the last {@link #extrapolated}. */
    double moved() {
        return scalar != null ? scalar.moved : furthest;
    }

    private void add(int c) {
        for (int l = 0; l < rows.depths; l++) {
            int first = rows.first(l, c) * rows.width[l];
            int count = rows.first(l, c + 1) * rows.width[l] - first;
            for (int a = 0; a < count; a++) {
                point.mode[l][first + a] += solver.solution[l][a];
            }
        }
    }

    private void zero(int c) {
        for (int l = 0; l < rows.depths; l++) {
            int q = rows.width[l];
            java.util.Arrays.fill(point.mode[l], rows.first(l, c) * q, rows.first(l, c + 1) * q, 0);
        }
    }

    private double newton(int c) {
        double h = penalized(c);
        boolean last = false;
        for (int step = 0; step < STEPS; step++) {
            if (Double.isNaN(h)) {
                return Double.NaN;
            }
            boolean fisher = !factor.of(c, false);
            if (fisher) { // observed information is indefinite here
                if (last || !factor.of(c, true)) {
                    return Double.NaN;
                }
            }
            double decrement = factor.decrement();
            if (last || decrement < NOTHING && !fisher) {
                return h;
            }
            solver.substitute(c);
            last = decrement < DECREMENT && !fisher;
            h = halved(c, h);
        }
        return Double.NaN;
    }

    /** h at the present v; η and densities with three derivatives are left there. */
    private double penalized(int c) {
        int from = rows.firstRow(c);
        int to = rows.firstRow(c + 1);
        predictor(0, c);
        if (!rows.family.logDensity(from, to, point.eta, point.phi, 3, point.density)) {
            return Double.NaN;
        }
        double sum = 0;
        double size = 0;
        for (int i = from; i < to; i++) {
            sum += point.density[i];
            size += Math.abs(point.density[i]);
        }
        double squares = squares(c);
        magnitude = size + squares / 2;
        return squares / 2 - sum;
    }

    private void predictor(int depth, int unit) {
        int q = rows.width[depth];
        System.arraycopy(point.mode[depth], unit * q, along, rows.above[depth], q);
        int from = rows.child[depth][unit];
        int to = rows.child[depth][unit + 1];
        if (depth < rows.depths - 1) {
            for (int s = from; s < to; s++) {
                predictor(depth + 1, s);
            }
        } else if (path == 2) {
            double v0 = along[0];
            double v1 = along[1];
            for (int i = from; i < to; i++) {
                point.eta[i] = point.xb[i] + point.d[2 * i] * v0 + point.d[2 * i + 1] * v1;
            }
        } else {
            for (int i = from; i < to; i++) {
                double sum = point.xb[i];
                for (int a = 0; a < path; a++) {
                    sum += point.d[i * path + a] * along[a];
                }
                point.eta[i] = sum;
            }
        }
    }

    /** Takes the step, halved until h falls by a part of what its slope promises; NaN where no part of it does. */
    private double halved(int c, double h) {
        double noise = (64 + 4 * Math.sqrt(rows.firstRow(c + 1) - rows.firstRow(c))) * Math.ulp(magnitude);
        double promised = 2 * factor.decrement();
        for (int l = 0; l < rows.depths; l++) {
            int q = rows.width[l];
            int from = rows.first(l, c) * q;
            System.arraycopy(point.mode[l], from, start[l], 0, rows.first(l, c + 1) * q - from);
        }
        double step = 1;
        for (int k = 0; k < HALVINGS; k++, step /= 2) {
            for (int l = 0; l < rows.depths; l++) {
                int q = rows.width[l];
                int from = rows.first(l, c) * q;
                int count = rows.first(l, c + 1) * q - from;
                for (int a = 0; a < count; a++) {
                    point.mode[l][from + a] = start[l][a] + step * solver.solution[l][a];
                }
            }
            double there = penalized(c);
            if (there <= h - DESCENT * step * promised + noise) {
                return there;
            }
        }
        return Double.NaN;
    }
}
