package henderson.equations.generalized;

/**
 * Gauss–Hermite about posterior mean and covariance, which the same quadrature computes: a fixed point, found by iteration
 * from the last one (at first from mode and curvature). Its derivative goes through the fixed point, theory (120) to (123).
 */
final class MomentRule implements ClusterRule {
    /** Centres that move less, in their own standard deviations, are stable. */
    private static final double STABLE = 1e-10;
    /** Derivatives that move less, relative to the largest, are. */
    private static final double EXACT = 1e-12;

    private static final int ROUNDS = 200;

    private final NestedPoint point;
    private final NestedRows rows;
    private final ClusterMode mode;
    private final ClusterGrid grid;
    /** The fixed points of all clusters. */
    private final Centre centre;
    /** Where the next ones go. */
    private final Centre next;
    /** Whether the centre of a cluster is one. */
    private final boolean[] found;

    private final MomentAdjoint moments;
    private CentreAdjoint adjoint;
    private CentreAdjoint spare;

    MomentRule(NestedPoint point, ClusterGrid grid, Centre centre, Centre next, boolean[] found) {
        this.point = point;
        this.rows = point.rows;
        this.grid = grid;
        this.mode = new ClusterMode(point);
        this.centre = centre;
        this.next = next;
        this.found = found;
        this.moments = new MomentAdjoint(rows, grid);
        this.adjoint = new CentreAdjoint(rows);
        this.spare = new CentreAdjoint(rows);
    }

    @Override
    public boolean add(int c, Sums sums) {
        point.prepare(rows.firstRow(c), rows.firstRow(c + 1));
        double log = found[c] ? settled(c) : Double.NaN;
        if (!Double.isFinite(log)) {
            found[c] = false;
            if (!mode.find(c)) {
                return false;
            }
            copy(c, point.curvature, centre);
            log = settled(c);
            if (!Double.isFinite(log)) {
                return false;
            }
            found[c] = true;
        }
        sums.logLikelihood += log;
        differentiate(c);
        grid.addParameters(c, moments.weight, sums);
        return true;
    }

    /** Log-likelihood at the fixed point; NaN where there is none. */
    private double settled(int c) {
        for (int round = 0; round < ROUNDS; round++) {
            double log = grid.logLikelihood(c, centre);
            if (!Double.isFinite(log)) {
                return Double.NaN;
            }
            grid.probabilities(c);
            if (!moments.centre(c, next)) {
                return Double.NaN;
            }
            if (distance(c) < STABLE) {
                return log;
            }
            copy(c, next, centre);
        }
        return Double.NaN;
    }

    /** How far the next centre is, in standard deviations of the present one. */
    private double distance(int c) {
        double most = 0;
        for (int l = 0; l < rows.depths; l++) {
            int q = rows.width[l];
            for (int unit = rows.first(l, c); unit < rows.first(l, c + 1); unit++) {
                for (int a = 0; a < q; a++) {
                    double unitOf = centre.root[l][(unit * q + a) * q + a];
                    double moved = next.location[l][unit * q + a] - centre.location[l][unit * q + a];
                    most = Math.max(most, Math.abs(moved) / unitOf);
                    for (int b = 0; b <= a; b++) {
                        int at = (unit * q + a) * q + b;
                        most = Math.max(most, Math.abs(next.root[l][at] - centre.root[l][at]) / unitOf);
                    }
                    for (int b = 0; b < rows.above[l]; b++) {
                        int at = (unit * q + a) * rows.above[l] + b;
                        most = Math.max(most, Math.abs(next.back[l][at] - centre.back[l][at]));
                    }
                }
            }
        }
        return most;
    }

    private void copy(int c, Centre from, Centre to) {
        for (int l = 0; l < rows.depths; l++) {
            int q = rows.width[l];
            int first = rows.first(l, c);
            int units = rows.first(l, c + 1) - first;
            int above = rows.above[l];
            System.arraycopy(from.location[l], first * q, to.location[l], first * q, units * q);
            System.arraycopy(from.root[l], first * q * q, to.root[l], first * q * q, units * q * q);
            System.arraycopy(from.back[l], first * q * above, to.back[l], first * q * above, units * q * above);
            System.arraycopy(from.logRoot[l], first, to.logRoot[l], first, units);
        }
    }

    /** The weights of the paths with the movement of the fixed point in them: λ = ∂L/∂ψ + (∂T/∂ψ)ᵀλ. */
    private void differentiate(int c) {
        grid.byCentre(c, centre, grid.probability, null, adjoint);
        adjoint.addLogRoot(c, centre);
        for (int round = 0; round < ROUNDS; round++) {
            moments.fromCentre(c, centre, adjoint);
            moments.weights(c);
            grid.byCentre(c, centre, moments.weight, moments, spare);
            spare.addLogRoot(c, centre);
            boolean exact = spare.near(adjoint, c, EXACT);
            CentreAdjoint swap = adjoint;
            adjoint = spare;
            spare = swap;
            if (exact) {
                return;
            }
        }
    }
}
