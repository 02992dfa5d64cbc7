package henderson.equations.generalized;

/** What {@link ClusterMode} finds for one random effect per cluster, in one pass over its rows for each density. */
final class ScalarMode {
    /** Up to this part of a step its third-order part is believed. */
    private static final double BEND = 0.25;

    private final NestedPoint point;
    private final NestedRows rows;
    private final int n;
    private final double[] v;
    /** Sums of the rows at v: {@code Σ ℓ′d}, {@code 1 − Σ ℓ″d²}, {@code Σ ℓ‴d³}, and the sizes of what h is the sum of. */
    private double slope;

    private double curvature;
    private double bend;
    private double magnitude;
    /** The furthest that η was carried. */
    double moved;

    ScalarMode(NestedPoint point) {
        this.point = point;
        this.rows = point.rows;
        this.n = rows.n;
        this.v = point.mode[0];
    }

    /** As {@link ClusterMode#search}, rows prepared. */
    double search(int c) {
        double h = point.known[c] && extrapolated(c) ? newton(c) : Double.NaN;
        h = Double.isNaN(h) ? newton(c) : h;
        if (Double.isNaN(h)) {
            v[c] = 0;
            h = newton(c);
        }
        point.known[c] = !Double.isNaN(h);
        if (Double.isNaN(h)) {
            v[c] = 0;
            return h;
        }
        settle(c);
        return h;
    }

    /** Takes over the curvature of the last sums. */
    void settle(int c) {
        point.curvature.root[0][c] = 1 / Math.sqrt(curvature);
        point.curvature.logRoot[0][c] = -Math.log(curvature) / 2;
    }

    boolean extrapolated(int c) {
        double[] density = point.density;
        double[] d = point.d;
        double[] xb = point.xb;
        double[] eta = point.eta;
        double at = v[c];
        double g = -at;
        double m = 1;
        double most = 0;
        for (int i = rows.firstRow(c); i < rows.firstRow(c + 1); i++) {
            double own = d[i];
            double moved = xb[i] + own * at - eta[i];
            double second = density[2 * n + i];
            double third = density[3 * n + i] * moved;
            most = Math.max(most, Math.abs(moved));
            g += (density[n + i] + moved * (second + third / 2)) * own;
            m -= (second + third) * own * own;
        }
        moved = most;
        if (!(most < ClusterMode.NEAR && m > 0)) {
            return false;
        }
        v[c] = at + g / m;
        return true;
    }

    /** η of a cluster's rows at v. */
    void predict(int c) {
        double at = v[c];
        double[] eta = point.eta;
        double[] xb = point.xb;
        double[] d = point.d;
        for (int i = rows.firstRow(c); i < rows.firstRow(c + 1); i++) {
            eta[i] = xb[i] + d[i] * at;
        }
    }

    /** Sums of the derivatives at v; Newton's decrement, NaN where h is not convex. */
    double factor(int c) {
        double[] density = point.density;
        double[] d = point.d;
        double g = 0;
        double m = 1;
        double t = 0;
        for (int i = rows.firstRow(c); i < rows.firstRow(c + 1); i++) {
            double own = d[i];
            double square = own * own;
            g += density[n + i] * own;
            m -= density[2 * n + i] * square;
            t += density[3 * n + i] * (square * own);
        }
        slope = g;
        curvature = m;
        bend = t;
        double down = g - v[c];
        return m > 0 && m < Double.POSITIVE_INFINITY ? down * down / m / 2 : Double.NaN;
    }

    /** Newton's step from the last sums, bent by the third derivative. */
    void step(int c) {
        double whole = (slope - v[c]) / curvature;
        double part = bend * whole / curvature / 2;
        v[c] += Math.abs(part) < BEND ? whole + part * whole : whole;
    }

    private double newton(int c) {
        double h = penalized(c);
        boolean last = false;
        for (int step = 0; step < ClusterMode.STEPS; step++) {
            if (Double.isNaN(h)) {
                return Double.NaN;
            }
            double m = curvature;
            boolean fisher = !(m > 0 && m < Double.POSITIVE_INFINITY);
            if (fisher) { // observed information is negative here
                m = expected(c);
                if (last || !(m > 0 && m < Double.POSITIVE_INFINITY)) {
                    return Double.NaN;
                }
            }
            double g = slope - v[c];
            double decrement = g * g / m / 2;
            if (last || decrement < ClusterMode.NOTHING && !fisher) {
                return h;
            }
            last = decrement < ClusterMode.DECREMENT && !fisher;
            h = halved(c, h, g / m, 2 * decrement);
        }
        return Double.NaN;
    }

    private double expected(int c) {
        double m = 1;
        for (int i = rows.firstRow(c); i < rows.firstRow(c + 1); i++) {
            m += rows.family.fisher(i, point.eta[i], point.phi) * point.d[i] * point.d[i];
        }
        return m;
    }

    private double halved(int c, double h, double whole, double promised) {
        double noise = (64 + 4 * Math.sqrt(rows.firstRow(c + 1) - rows.firstRow(c))) * Math.ulp(magnitude);
        double start = v[c];
        double step = 1;
        for (int k = 0; k < ClusterMode.HALVINGS; k++, step /= 2) {
            v[c] = start + step * whole;
            double there = penalized(c);
            if (there <= h - ClusterMode.DESCENT * step * promised + noise) {
                return there;
            }
        }
        return Double.NaN;
    }

    /** h at v; densities with three derivatives, and the sums, are left there. */
    private double penalized(int c) {
        int from = rows.firstRow(c);
        int to = rows.firstRow(c + 1);
        predict(c);
        if (!rows.family.logDensity(from, to, point.eta, point.phi, 3, point.density)) {
            return Double.NaN;
        }
        double sum = 0;
        double size = 0;
        for (int i = from; i < to; i++) {
            sum += point.density[i];
            size += Math.abs(point.density[i]);
        }
        factor(c);
        double at = v[c];
        magnitude = size + at * at / 2;
        return at * at / 2 - sum;
    }
}
