package henderson.equations.generalized;

import java.util.Arrays;

/** Gauss–Hermite about mode and curvature for one random effect per cluster: what {@link CurvatureRule} does, in fewer passes. */
final class ScalarGrid implements ClusterRule {
    private final NestedPoint point;
    private final NestedRows rows;
    private final ModeSweeps sweeps;
    private final ScalarNodes nodes;
    private final CentreAdjoint adjoint;
    private final CurvatureAdjoint curvature;
    /** {@code Σ πℓ′} of each row of a leaf. */
    private final double[] rowWeights;

    private int first;

    ScalarGrid(NestedPoint point, Grid grid, double[] eta, double[] density) {
        this.point = point;
        this.rows = point.rows;
        this.sweeps = new ModeSweeps(point, new ClusterMode(point));
        this.nodes = new ScalarNodes(point, grid, eta, density);
        this.adjoint = new CentreAdjoint(rows);
        this.curvature = new CurvatureAdjoint(point);
        this.rowWeights = new double[rows.mostLeafRows()];
    }

    @Override
    public boolean add(int from, int to, Sums sums) {
        sweeps.search(from, to, false);
        for (int c = from; c < to; c++) {
            if (!point.searched(c)) {
                return false;
            }
        }
        double log = nodes.logLikelihood(from, to);
        if (Double.isNaN(log)) {
            return false;
        }
        sums.logLikelihood += log;
        first = from;
        int count = rows.firstRow(to) - rows.firstRow(from);
        Arrays.fill(rowWeights, 0, count, 0);
        curvature.begin(from);
        for (int c = from; c < to; c++) {
            add(c, sums);
        }
        curvature.end(to, sums);
        rows.addByColumns(rows.firstRow(from), count, rowWeights, sums.byBeta);
        return true;
    }

    /** Derivatives of one cluster from the probabilities of its nodes. */
    @Override
    public boolean add(int c, Sums sums) {
        double lambda = point.lambda[0][0];
        double root = point.curvature.root[0][c];
        int begin = rows.firstRow(c) - rows.firstRow(first);
        int end = rows.firstRow(c + 1) - rows.firstRow(first);
        double byLocation = 0;
        double byRoot = 0;
        double byLambda = 0;
        for (int j = 0; j < nodes.size; j++) {
            int at = (c - first) * nodes.size + j;
            double w = nodes.probability[at];
            double v = nodes.position(c, j);
            double own = w * (lambda * nodes.slope[at] - v);
            byLocation += own;
            byRoot += own * nodes.node(j);
            byLambda += w * nodes.slope[at] * v;
            int row = j * nodes.stride();
            double[] slopes = nodes.rowSlopes;
            for (int i = begin; i < end; i++) {
                rowWeights[i] += w * slopes[row + i];
            }
            for (int k = 0; k < rows.auxiliaries; k++) {
                sums.byPhi[k] += w * nodes.byPhi[at * rows.auxiliaries + k];
            }
        }
        sums.byLambda[0][0] += byLambda;
        adjoint.location[0][0] = byLocation;
        adjoint.root[0][0] = byRoot + 1 / root;
        curvature.pull(c, adjoint, false, sums);
        return true;
    }
}
