package henderson.equations.generalized;

import henderson.api.Clusters;
import henderson.api.Fit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Posterior means and covariances of the effects of nested clusters at the last point, theory (125). */
final class NestedMeans {
    private final NestedPoint point;
    private final NestedRows rows;
    private final ClusterGrid grid;
    /** For one random effect per cluster about its mode; null otherwise. */
    private final @Nullable ScalarNodes scalar;

    private final @Nullable ClusterMode mode;
    private final Centre centre;

    /**
     * By the nodes of a grid.
     *
     * @param grids  one per depth
     * @param centre where the nodes of each cluster are laid out; null for mode and curvature, which are found here
     */
    NestedMeans(NestedPoint point, Grid[] grids, @Nullable Centre centre) {
        this.point = point;
        this.rows = point.rows;
        double[] eta = new double[rows.n];
        double[] density = new double[rows.n * ClusterGrid.blocks(rows)];
        boolean one = centre == null && rows.depths == 1 && rows.path == 1;
        this.scalar = one ? new ScalarNodes(point, grids[0], eta, density) : null;
        this.grid = new ClusterGrid(point, grids, eta, density);
        this.mode = centre == null ? new ClusterMode(point) : null;
        this.centre = centre == null ? point.curvature : centre;
    }

    /** Of a term by level; null where a cluster has none. */
    Fit.@Nullable Effects effects(int term, Clusters clusters) {
        int depth = Objects.requireNonNull(rows.factors).depthOf[term];
        int q = rows.width[depth];
        double[] mean = new double[rows.units(depth) * q];
        double[][] variance = new double[rows.units(depth)][q * q];
        if (scalar != null) {
            return scalarMoments(mean, variance) ? new NestedModes(point, clusters).scaled(term, mean, variance) : null;
        }
        for (int c = 0; c < rows.clusters(); c++) {
            if (!probabilities(c)) {
                return null;
            }
            for (int unit = rows.first(depth, c); unit < rows.first(depth, c + 1); unit++) {
                moments(depth, unit, unit - rows.first(depth, c), mean, variance[unit]);
            }
        }
        return new NestedModes(point, clusters).scaled(term, mean, variance);
    }

    private boolean scalarMoments(double[] mean, double[][] variance) {
        ScalarNodes nodes = Objects.requireNonNull(scalar);
        for (int leaf = 0; leaf < rows.leaf.length - 1; leaf++) {
            int from = rows.leaf[leaf];
            int to = rows.leaf[leaf + 1];
            for (int c = from; c < to; c++) {
                if (!Objects.requireNonNull(mode).find(c)) {
                    return false;
                }
            }
            if (Double.isNaN(nodes.logLikelihood(from, to))) {
                return false;
            }
            for (int c = from; c < to; c++) {
                scalarMoments(c, (c - from) * nodes.size, mean, variance[c]);
            }
        }
        return true;
    }

    private void scalarMoments(int c, int at, double[] mean, double[] variance) {
        ScalarNodes nodes = Objects.requireNonNull(scalar);
        double sum = 0;
        for (int j = 0; j < nodes.size; j++) {
            sum += nodes.probability[at + j] * nodes.position(c, j);
        }
        double square = 0;
        for (int j = 0; j < nodes.size; j++) {
            double off = nodes.position(c, j) - sum;
            square += nodes.probability[at + j] * off * off;
        }
        mean[c] = sum;
        variance[0] = square;
    }

    private boolean probabilities(int c) {
        if (mode == null) {
            point.prepare(rows.firstRow(c), rows.firstRow(c + 1));
        } else if (!mode.find(c)) {
            return false;
        }
        if (!Double.isFinite(grid.logLikelihood(c, centre))) {
            return false;
        }
        grid.probabilities(c);
        return true;
    }

    /** {@code Σ πv} and {@code Σ π(v − Σπv)(v − Σπv)ᵀ} over the paths to a unit. */
    private void moments(int depth, int unit, int local, double[] mean, double[] variance) {
        int q = rows.width[depth];
        int above = rows.above[depth];
        int columns = above + q;
        double[] v = grid.position[depth];
        double[] probability = grid.probability[depth];
        int first = local * grid.paths[depth];
        for (int j = first; j < first + grid.paths[depth]; j++) {
            for (int a = 0; a < q; a++) {
                mean[unit * q + a] += probability[j] * v[j * columns + above + a];
            }
        }
        for (int j = first; j < first + grid.paths[depth]; j++) {
            for (int a = 0; a < q; a++) {
                double off = probability[j] * (v[j * columns + above + a] - mean[unit * q + a]);
                for (int b = 0; b < q; b++) {
                    variance[a * q + b] += off * (v[j * columns + above + b] - mean[unit * q + b]);
                }
            }
        }
    }
}
