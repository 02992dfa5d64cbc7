package henderson.equations.generalized;

import java.util.Arrays;

/**
 * What second derivatives of a quadrature about mode and curvature need of its nodes, one random effect per cluster, theory
 * (166): probabilities of the nodes of a leaf, and first and second derivatives of its rows there. A workspace of one thread.
 */
final class NodeCurvature {
    private final NestedPoint point;
    private final NestedRows rows;
    private final Grid grid;
    /** Nodes. */
    final int size;

    private final double[] eta;
    private final double[] density;
    private final ScalarNodes nodes;
    /** ℓ′ and ℓ″ of the rows of a leaf at each node. */
    private final double[][] first;

    private final double[][] second;
    private int base;
    private int cluster;

    /** {@code Σ ℓ′z} at each node. */
    private final double[] slope;
    /** {@code Σ ℓ′x_j} at each node, p × nodes. */
    private final double[][] byColumn;
    /** Expectations of {@code gᵗ}: of {@code Σ ℓ′z} times powers 0 and 1 of a node, and of powers 1 and 2. */
    double slopes;

    double slopesByNode;
    double node;
    double nodeSquared;
    /** Derivatives of the sum over nodes by mode and by root. */
    double byMode;

    double byRoot;

    /**
     * @param eta     shared by threads, n; each writes its own leaf
     * @param density the same, with two derivatives
     */
    NodeCurvature(NestedPoint point, Grid grid, double[] eta, double[] density) {
        this.point = point;
        this.rows = point.rows;
        this.grid = grid;
        this.size = grid.size;
        this.eta = eta;
        this.density = density;
        this.nodes = new ScalarNodes(point, grid, eta, density);
        this.first = new double[size][rows.mostLeafRows()];
        this.second = new double[size][rows.mostLeafRows()];
        this.slope = new double[size];
        this.byColumn = new double[rows.p][size];
    }

    /** Reads the rows of a leaf at every node; false outside the domain. */
    boolean read(int from, int to) {
        base = rows.firstRow(from);
        cluster = from;
        if (Double.isNaN(nodes.logLikelihood(from, to))) {
            return false;
        }
        int count = rows.firstRow(to) - base;
        for (int q = 0; q < size; q++) {
            System.arraycopy(nodes.rowSlopes, q * nodes.stride(), first[q], 0, count);
            if (!rows.family.secondDerivatives(base, base + count, first[q], second[q])
                    && !differentiated(from, to, q)) {
                return false;
            }
        }
        return true;
    }

    private boolean differentiated(int from, int to, int q) {
        for (int c = from; c < to; c++) {
            double v = nodes.position(c, q);
            for (int i = rows.firstRow(c); i < rows.firstRow(c + 1); i++) {
                eta[i] = point.xb[i] + point.d[i] * v;
            }
        }
        int end = rows.firstRow(to);
        boolean out = rows.family.logDensity(base, end, eta, point.phi, 2, density);
        System.arraycopy(density, 2 * rows.n + base, second[q], 0, end - base);
        return out;
    }

    /**
     * Goes to a cluster.
     *
     * @param weight  {@code E ℓ″}, rows of the leaf. Modified.
     * @param turned  {@code E[ℓ″ times the node]}. Modified.
     * @param squared {@code E[ℓ″ times the node squared]}. Modified.
     */
    void ofCluster(int c, double[] weight, double[] turned, double[] squared) {
        int from = rows.firstRow(c) - base;
        int to = rows.firstRow(c + 1) - base;
        int at = (c - cluster) * size;
        double lambda = point.lambda[0][0];
        Arrays.fill(weight, from, to, 0);
        Arrays.fill(turned, from, to, 0);
        Arrays.fill(squared, from, to, 0);
        slopes = 0;
        slopesByNode = 0;
        node = 0;
        nodeSquared = 0;
        byMode = 0;
        byRoot = 0;
        for (int q = 0; q < size; q++) {
            double share = nodes.probability[at + q];
            double t = grid.nodes[q];
            double[] w = second[q];
            double[] own = first[q];
            double sum = 0;
            for (int i = from; i < to; i++) {
                double one = share * w[i];
                weight[i] += one;
                turned[i] += t * one;
                squared[i] += t * t * one;
                sum += own[i] * rows.z[base + i];
            }
            slope[q] = sum;
            slopes += share * sum;
            slopesByNode += share * t * sum;
            node += share * t;
            nodeSquared += share * t * t;
            double down = lambda * sum - nodes.position(c, q);
            byMode += share * down;
            byRoot += share * down * t;
            for (int j = 0; j < rows.p; j++) {
                byColumn[j][q] = product(own, j, from, to);
            }
        }
    }

    private double product(double[] own, int j, int from, int to) {
        int column = j * rows.n + base;
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += own[i] * rows.x[column + i];
        }
        return sum;
    }

    /**
     * Derivatives of the term of each node by coordinate j, less their expectation, times the root of its probability.
     *
     * @param own   derivative of Λ
     * @param mode  that of the mode
     * @param root  that of the root
     * @param out   nodes. Modified.
     */
    void centred(int c, int j, double own, double mode, double root, double[] out) {
        double lambda = point.lambda[0][0];
        int at = (c - cluster) * size;
        double mean = 0;
        for (int q = 0; q < size; q++) {
            double v = nodes.position(c, q);
            double moved = mode + root * grid.nodes[q];
            double direct = j < rows.p ? byColumn[j][q] : 0;
            out[q] = direct + (own * v + lambda * moved) * slope[q] - v * moved;
            mean += nodes.probability[at + q] * out[q];
        }
        for (int q = 0; q < size; q++) {
            out[q] = (out[q] - mean) * Math.sqrt(nodes.probability[at + q]);
        }
    }
}
