package henderson.equations.generalized;

import java.util.Arrays;

/**
 * Gauss–Hermite about mode and curvature for one random effect per cluster, many clusters at a time: for each node the family is
 * asked for all of their rows in one call. A workspace of one thread.
 */
final class ScalarNodes {
    private static final double LOG_ROOT_PI = Math.log(Math.PI) / 2;

    private final NestedPoint point;
    private final NestedRows rows;
    private final int n;
    private final Grid grid;
    /** Nodes. */
    final int size;
    /** Posterior probability of each node, clusters of a leaf × nodes. */
    final double[] probability;
    /** {@code Σ ℓ′z}, clusters of a leaf × nodes. */
    final double[] slope;
    /** Σ ∂ℓ/∂φ, clusters of a leaf × nodes × auxiliaries. */
    final double[] byPhi;
    /** ℓ′ of each row, nodes × rows of a leaf. */
    final double[] rowSlopes;

    /** λv at each node, clusters of a leaf × nodes. */
    private final double[] shift;

    private final int stride;
    private final double[] eta;
    private final double[] density;

    /**
     * @param eta     shared by threads, n; each writes its own leaf
     * @param density the same, with derivatives
     */
    ScalarNodes(NestedPoint point, Grid grid, double[] eta, double[] density) {
        this.point = point;
        this.rows = point.rows;
        this.n = rows.n;
        this.grid = grid;
        this.size = grid.size;
        this.eta = eta;
        this.density = density;
        this.stride = rows.mostLeafRows();
        this.probability = new double[rows.mostClusters() * size];
        this.shift = new double[rows.mostClusters() * size];
        this.slope = new double[rows.mostClusters() * size];
        this.byPhi = new double[rows.mostClusters() * size * rows.auxiliaries];
        this.rowSlopes = new double[size * stride];
    }

    /** Rows of a leaf in {@link #rowSlopes}. */
    int stride() {
        return stride;
    }

    /** Node j of cluster c, in v. */
    double position(int c, int j) {
        return point.mode[0][c] + point.curvature.root[0][c] * grid.nodes[j];
    }

    /** √2 times the node of the rule. */
    double node(int j) {
        return grid.nodes[j];
    }

    /**
     * Probabilities of the nodes of clusters {@code from ≤ c < to} of a leaf, whose modes are known.
     *
     * @return the sum of their log-likelihoods; NaN where one is not finite
     */
    double logLikelihood(int from, int to) {
        if (!shifted(from, to)) {
            for (int j = 0; j < size; j++) {
                densities(from, to, j);
            }
        }
        double out = 0;
        for (int c = from; c < to; c++) {
            double log = normalized(c, (c - from) * size);
            if (!Double.isFinite(log)) {
                return Double.NaN;
            }
            out += log;
        }
        return out;
    }

    /** All nodes in one call where they shift η of all rows of a cluster alike. */
    private boolean shifted(int from, int to) {
        if (!rows.alike || rows.auxiliaries > 0) {
            return false;
        }
        double lambda = point.lambda[0][0];
        for (int c = from; c < to; c++) {
            for (int j = 0; j < size; j++) {
                shift[(c - from) * size + j] = lambda * position(c, j);
            }
        }
        if (!rows.family.shiftedSums(
                rows.child[0], from, to, point.xb, shift, size, probability, slope, rowSlopes, stride)) {
            return false;
        }
        for (int c = from; c < to; c++) {
            for (int j = 0; j < size; j++) {
                double v = position(c, j);
                probability[(c - from) * size + j] += grid.logWeights[j] - v * v / 2;
            }
        }
        return true;
    }

    private double normalized(int c, int at) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < size; j++) {
            largest = Math.max(largest, probability[at + j]);
        }
        double total = 0;
        for (int j = 0; j < size; j++) {
            probability[at + j] = Math.exp(probability[at + j] - largest);
            total += probability[at + j];
        }
        for (int j = 0; j < size; j++) {
            probability[at + j] /= total;
        }
        return largest + Math.log(total) + point.curvature.logRoot[0][c] - LOG_ROOT_PI;
    }

    private void densities(int from, int to, int j) {
        int first = rows.firstRow(from);
        int end = rows.firstRow(to);
        double[] xb = point.xb;
        double[] d = point.d;
        for (int c = from; c < to; c++) {
            double v = position(c, j);
            for (int i = rows.firstRow(c); i < rows.firstRow(c + 1); i++) {
                eta[i] = xb[i] + d[i] * v;
            }
        }
        int order = rows.auxiliaries > 0 ? 3 : 1;
        boolean all = rows.family.logDensity(first, end, eta, point.phi, order, density);
        for (int c = from; c < to; c++) {
            int own = rows.firstRow(c);
            int next = rows.firstRow(c + 1);
            if (all || rows.family.logDensity(own, next, eta, point.phi, order, density)) {
                sums(c, (c - from) * size + j, j);
            } else {
                Arrays.fill(density, n + own, n + next, 0);
                probability[(c - from) * size + j] = Double.NEGATIVE_INFINITY;
                slope[(c - from) * size + j] = 0;
                Arrays.fill(
                        byPhi,
                        ((c - from) * size + j) * rows.auxiliaries,
                        ((c - from) * size + j + 1) * rows.auxiliaries,
                        0);
            }
        }
        System.arraycopy(density, n + first, rowSlopes, j * stride, end - first);
    }

    private void sums(int c, int at, int j) {
        double sum = 0;
        double byZ = 0;
        double[] z = rows.z;
        int own = rows.firstRow(c);
        int next = rows.firstRow(c + 1);
        for (int i = own; i < next; i++) {
            sum += density[i];
            byZ += density[n + i] * z[i];
        }
        double v = position(c, j);
        probability[at] = grid.logWeights[j] - v * v / 2 + sum;
        slope[at] = byZ;
        for (int k = 0; k < rows.auxiliaries; k++) {
            double part = 0;
            for (int i = own; i < next; i++) {
                part += density[(4 + 3 * k) * n + i];
            }
            byPhi[at * rows.auxiliaries + k] = part;
        }
    }
}
