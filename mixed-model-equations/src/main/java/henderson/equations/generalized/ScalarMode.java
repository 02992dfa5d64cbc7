package henderson.equations.generalized;

/** What {@link ClusterMode} finds for one random effect per cluster, in one pass over its rows for each density. */
final class ScalarMode {
    private final NestedPoint point;
    private final NestedRows rows;
    private final int n;
    private final double[] v;
    /** Sums of the rows at v: {@code Σ ℓ′d}, {@code 1 − Σ ℓ″d²}, and the sizes of what h is the sum of. */
    private double slope;

    private double curvature;
    private double magnitude;

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
        point.curvature.root[0][c] = 1 / Math.sqrt(curvature);
        point.curvature.logRoot[0][c] = -Math.log(curvature) / 2;
        return h;
    }

    private boolean extrapolated(int c) {
        double[] density = point.density;
        double[] d = point.d;
        double g = -v[c];
        double m = 1;
        double most = 0;
        for (int i = rows.firstRow(c); i < rows.firstRow(c + 1); i++) {
            double moved = point.xb[i] + d[i] * v[c] - point.eta[i];
            double second = density[2 * n + i];
            double third = density[3 * n + i];
            most = Math.max(most, Math.abs(moved));
            g += (density[n + i] + moved * (second + moved / 2 * third)) * d[i];
            m -= (second + moved * third) * d[i] * d[i];
        }
        if (!(most < ClusterMode.NEAR && m > 0)) {
            return false;
        }
        v[c] += g / m;
        return true;
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
        double[] d = point.d;
        double at = v[c];
        for (int i = from; i < to; i++) {
            point.eta[i] = point.xb[i] + d[i] * at;
        }
        double[] density = point.density;
        if (!rows.family.logDensity(from, to, point.eta, point.phi, 3, density)) {
            return Double.NaN;
        }
        double sum = 0;
        double size = 0;
        double g = 0;
        double m = 1;
        for (int i = from; i < to; i++) {
            sum += density[i];
            size += Math.abs(density[i]);
            g += density[n + i] * d[i];
            m -= density[2 * n + i] * d[i] * d[i];
        }
        slope = g;
        curvature = m;
        magnitude = size + at * at / 2;
        return at * at / 2 - sum;
    }
}
