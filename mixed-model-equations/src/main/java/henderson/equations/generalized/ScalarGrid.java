package henderson.equations.generalized;

import java.util.Arrays;

/** Gauss–Hermite about mode and curvature for one random effect per cluster: what {@link CurvatureRule} does, in fewer passes. */
final class ScalarGrid implements ClusterRule {
    private static final double LOG_ROOT_PI = Math.log(Math.PI) / 2;

    private final NestedPoint point;
    private final NestedRows rows;
    private final int n;
    private final Grid grid;
    private final ClusterMode mode;
    private final CentreAdjoint adjoint;
    private final CurvatureAdjoint curvature;
    private final double[] eta;
    private final double[] density;
    private final int order;
    /** Logarithm of the term of each node, then its posterior probability. */
    private final double[] term;
    /** {@code Σ ℓ′z} at each node. */
    private final double[] slope;
    /** Σ ∂ℓ/∂φ at each node, nodes × auxiliaries. */
    private final double[] byPhi;
    /** ℓ′ of each row at each node, nodes × rows of the largest cluster. */
    private final double[] rowSlopes;

    private final double[] rowWeights;

    ScalarGrid(NestedPoint point, Grid grid, double[] eta, double[] density) {
        this.point = point;
        this.rows = point.rows;
        this.n = rows.n;
        this.grid = grid;
        this.mode = new ClusterMode(point);
        this.adjoint = new CentreAdjoint(rows);
        this.curvature = new CurvatureAdjoint(point);
        this.eta = eta;
        this.density = density;
        this.order = rows.auxiliaries > 0 ? 3 : 1;
        this.term = new double[grid.size];
        this.slope = new double[grid.size];
        this.byPhi = new double[grid.size * rows.auxiliaries];
        this.rowSlopes = new double[grid.size * rows.mostRows()];
        this.rowWeights = new double[rows.mostRows()];
    }

    @Override
    public boolean add(int c, Sums sums) {
        if (Double.isNaN(mode.search(c))) {
            return false;
        }
        double m = point.mode[0][c];
        double root = point.curvature.root[0][c];
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < grid.size; j++) {
            double v = m + root * grid.nodes[j];
            term[j] = grid.logWeights[j] - v * v / 2 + node(c, j, v);
            largest = Math.max(largest, term[j]);
        }
        double total = 0;
        for (int j = 0; j < grid.size; j++) {
            term[j] = Math.exp(term[j] - largest);
            total += term[j];
        }
        double log = largest + Math.log(total) + point.curvature.logRoot[0][c] - LOG_ROOT_PI;
        if (!Double.isFinite(log)) {
            return false;
        }
        sums.logLikelihood += log;
        differentiate(c, m, root, total, sums);
        return true;
    }

    /** Log density of a cluster's rows at one node; its slopes are kept. */
    private double node(int c, int j, double v) {
        int from = rows.firstRow(c);
        int to = rows.firstRow(c + 1);
        for (int i = from; i < to; i++) {
            eta[i] = point.xb[i] + point.d[i] * v;
        }
        int at = j * rows.mostRows() - from;
        double sum = order == 1 ? rows.family.sumOfLogDensities(from, to, eta, point.phi, density) : sum(from, to);
        if (Double.isNaN(sum)) {
            Arrays.fill(rowSlopes, at + from, at + to, 0);
            Arrays.fill(byPhi, j * rows.auxiliaries, (j + 1) * rows.auxiliaries, 0);
            slope[j] = 0;
            return Double.NEGATIVE_INFINITY;
        }
        double byZ = 0;
        for (int i = from; i < to; i++) {
            double own = density[n + i];
            byZ += own * rows.z[i];
            rowSlopes[at + i] = own;
        }
        slope[j] = byZ;
        for (int k = 0; k < rows.auxiliaries; k++) {
            double part = 0;
            for (int i = from; i < to; i++) {
                part += density[(4 + 3 * k) * n + i];
            }
            byPhi[j * rows.auxiliaries + k] = part;
        }
        return sum;
    }

    private double sum(int from, int to) {
        if (!rows.family.logDensity(from, to, eta, point.phi, order, density)) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += density[i];
        }
        return sum;
    }

    private void differentiate(int c, double m, double root, double total, Sums sums) {
        int from = rows.firstRow(c);
        int count = rows.firstRow(c + 1) - from;
        double lambda = point.lambda[0][0];
        double byLocation = 0;
        double byRoot = 0;
        double byLambda = 0;
        Arrays.fill(rowWeights, 0, count, 0);
        for (int j = 0; j < grid.size; j++) {
            double w = term[j] / total;
            double v = m + root * grid.nodes[j];
            double own = w * (lambda * slope[j] - v);
            byLocation += own;
            byRoot += own * grid.nodes[j];
            byLambda += w * slope[j] * v;
            int at = j * rows.mostRows();
            for (int i = 0; i < count; i++) {
                rowWeights[i] += w * rowSlopes[at + i];
            }
            for (int k = 0; k < rows.auxiliaries; k++) {
                sums.byPhi[k] += w * byPhi[j * rows.auxiliaries + k];
            }
        }
        sums.byLambda[0][0] += byLambda;
        rows.addByColumns(from, count, rowWeights, sums.byBeta);
        adjoint.location[0][0] = byLocation;
        adjoint.root[0][0] = byRoot + 1 / root;
        curvature.pull(c, adjoint, false, sums);
    }
}
