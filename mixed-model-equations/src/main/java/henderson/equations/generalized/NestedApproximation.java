package henderson.equations.generalized;

import henderson.api.Clusters;
import henderson.api.Fit;
import henderson.api.Fold;
import henderson.api.HendersonException;
import henderson.equations.Pool;
import java.util.Locale;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * {@code d = −2 Σ log L_c} over the clusters of nested grouping factors, by any rule of integration. Value and gradient are
 * computed together; nothing is allocated after the first evaluation.
 */
final class NestedApproximation implements Approximation {
    /** Densities of single rows that one value may take. */
    private static final double MOST = 5e8;
    /** Numbers that one thread may keep for a cluster. */
    private static final double ROOM = 1 << 27;

    /** Points for posterior means beside Laplace's approximation. */
    private static final int MEAN_POINTS = 7;
    /** Densities of single rows that they may take. */
    private static final double MEAN_MOST = 1e9;

    private final NestedRows rows;
    private final NestedPoint point;
    private final Clusters clusters;
    private final Pool<ClusterRule> rules;
    private final Pool<Sums> pool;
    private final SumFold fold;
    private final Grid[] grids;
    private final Sums total;
    /** Where nodes are laid out once a value was taken; null for mode and curvature. */
    private @Nullable Centre centre;

    private final boolean laplace;
    private final Integration integration;
    /** Leaves of the sums, in order. */
    private final int[] leaves;
    /** The parameters at which {@link #total} was computed. */
    private int summed = -1;

    NestedApproximation(NestedRows rows, Integration integration, Clusters clusters) {
        this(new NestedPoint(rows), integration, clusters, everyLeaf(rows, 1));
    }

    private NestedApproximation(NestedPoint point, Integration integration, Clusters clusters, int[] leaves) {
        this.integration = integration;
        this.leaves = leaves;
        this.rows = point.rows;
        this.clusters = clusters;
        this.point = point;
        this.laplace = integration.method() == Integration.Method.LAPLACE;
        this.grids = grids(rows, integration);
        this.rules = new Pool<>(maker(integration));
        this.pool = new Pool<>(() -> new Sums(rows));
        this.fold = new SumFold();
        this.total = new Sums(rows);
    }

    /** Another rule on the same rows that goes on from the same modes; the two are used in turn. */
    NestedApproximation by(Integration integration) {
        return new NestedApproximation(point, integration, clusters, leaves);
    }

    /** Leaves of which a part has at least so many. */
    private static final int FEW = 5;
    /** A part has one of so many. */
    private static final int ONE_OF = 16;
    /** Where a part would have more of them, it is not worth its while. */
    private static final int LEAST = 8;

    @Override
    public @Nullable Approximation part() {
        int step = Math.min(ONE_OF, (rows.leaf.length - 1) / FEW);
        return step < LEAST ? null : new NestedApproximation(point, integration, clusters, everyLeaf(rows, step));
    }

    private static int[] everyLeaf(NestedRows rows, int step) {
        int[] out = new int[(rows.leaf.length - 2) / step + 1];
        for (int k = 0; k < out.length; k++) {
            out[k] = k * step;
        }
        return out;
    }

    private static Grid[] grids(NestedRows rows, Integration integration) {
        Grid[] out = new Grid[rows.depths];
        double paths = 1;
        for (int l = 0; l < out.length; l++) {
            out[l] = new Grid(integration.points(), rows.width[l]);
            paths *= out[l].size;
        }
        double evaluations = paths * rows.n;
        if (evaluations > MOST || paths * rows.mostRows() > ROOM) {
            throw new HendersonException(
                    String.format(
                            Locale.ROOT,
                            "%d points for each random effect are %.0f nodes a cluster and %.3g densities for one value"
                                    + " of the likelihood; at most %.0e are possible, and %.0e for one cluster (the largest has %d rows).",
                            integration.points(),
                            paths,
                            evaluations,
                            MOST,
                            ROOM,
                            rows.mostRows()),
                    "Maybe take fewer points, or 'laplace'.");
        }
        return out;
    }

    private java.util.function.Supplier<ClusterRule> maker(Integration integration) {
        if (integration.method() == Integration.Method.LAPLACE) {
            return () -> new LaplaceRule(point);
        }
        double[] eta = new double[rows.n];
        double[] density = new double[rows.n * ClusterGrid.blocks(rows)];
        return switch (integration.method()) {
            case AGQ ->
                rows.depths == 1 && rows.path == 1
                        ? () -> new ScalarGrid(point, grids[0], eta, density)
                        : () -> new CurvatureRule(point, new ClusterGrid(point, grids, eta, density));
            case GHERMITE -> {
                Centre standard = new Centre(rows, Centre.zero(rows));
                this.centre = standard;
                yield () -> new PlainRule(point, new ClusterGrid(point, grids, eta, density), standard);
            }
            default -> {
                Centre moments = new Centre(rows, Centre.zero(rows));
                Centre next = new Centre(rows, Centre.zero(rows));
                boolean[] found = new boolean[rows.clusters()];
                this.centre = moments;
                yield () -> new MomentRule(point, new ClusterGrid(point, grids, eta, density), moments, next, found);
            }
        };
    }

    @Override
    public double value(double[] beta, DMatrixRMaj[] lambda, double[] phi) {
        point.set(beta, lambda, phi);
        if (summed == point.current) {
            return -2 * total.logLikelihood;
        }
        summed = point.current;
        Sums sums = clusters.fold(leaves.length, fold);
        total.clear();
        total.add(sums);
        pool.give(sums);
        return -2 * total.logLikelihood;
    }

    @Override
    public void gradient(double[] byBeta, DMatrixRMaj[] byLambda, double[] byPhi) {
        gradient(total, byBeta, byLambda, byPhi);
    }

    @Override
    public boolean clusterGradient(int cluster, double[] byBeta, DMatrixRMaj[] byLambda, double[] byPhi) {
        Sums own = pool.take();
        ClusterRule rule = rules.take();
        own.clear();
        boolean there = rule.add(cluster, cluster + 1, own);
        gradient(own, byBeta, byLambda, byPhi);
        rules.give(rule);
        pool.give(own);
        return there;
    }

    @Override
    public int[] clusterOfRows() {
        return rows.clusterOfRows();
    }

    private void gradient(Sums sums, double[] byBeta, DMatrixRMaj[] byLambda, double[] byPhi) {
        for (int j = 0; j < byBeta.length; j++) {
            byBeta[j] = -2 * sums.byBeta[j];
        }
        for (int k = 0; k < byPhi.length; k++) {
            byPhi[k] = -2 * sums.byPhi[k];
        }
        for (int t = 0; t < byLambda.length; t++) {
            Factors f = Objects.requireNonNull(rows.factors);
            int q = f.columns[t];
            int at = f.columnOf[t];
            int l = f.depthOf[t];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    byLambda[t].data[i * q + j] = -2 * sums.byLambda[l][(at + i) * rows.width[l] + at + j];
                }
            }
        }
    }

    @Override
    public void fixedInformation(DMatrixRMaj out) {
        new NestedModes(point, clusters).fixedInformation(leaves, out);
    }

    @Override
    public boolean hessian(FactorBends bends, DMatrixRMaj out) {
        boolean adaptive = integration.method() == Integration.Method.AGQ && rows.path == 1;
        return (laplace || adaptive)
                && LaplaceHessian.offered(rows)
                && new NestedHessian(clusters, rows.leaf, leaves).sum(hessians(bends), out);
    }

    private java.util.function.Supplier<NestedHessian.Rule> hessians(FactorBends bends) {
        if (rows.path != 1) {
            return () -> new LaplaceHessian(point, bends);
        }
        if (laplace) {
            return () -> new ScalarHessian(point, bends, null);
        }
        double[] eta = new double[rows.n];
        double[] density = new double[3 * rows.n];
        return () -> new ScalarHessian(point, bends, new NodeCurvature(point, grids[0], eta, density));
    }

    @Override
    public Fit.Effects modes(int term) {
        return new NestedModes(point, clusters).effects(term);
    }

    @Override
    public Fit.@Nullable Effects means(int term) {
        Grid[] nodes = laplace ? affordable() : grids;
        return nodes.length == 0 ? null : new NestedMeans(point, nodes, centre).effects(term, clusters);
    }

    /** Beside Laplace there is no grid; empty where one would take too long. */
    private Grid[] affordable() {
        double paths = Math.pow(MEAN_POINTS, rows.path);
        return paths * rows.n > MEAN_MOST
                ? new Grid[0]
                : grids(rows, new Integration(Integration.Method.AGQ, MEAN_POINTS));
    }

    @Override
    public int rows() {
        return rows.n;
    }

    @Override
    public int clusters() {
        int out = 0;
        for (int k : leaves) {
            out += rows.leaf[k + 1] - rows.leaf[k];
        }
        return out;
    }

    @Override
    public double[] meanSquares(int term) {
        Factors f = Objects.requireNonNull(rows.factors);
        int from = rows.above[f.depthOf[term]] + f.columnOf[term];
        double[] out = new double[f.columns[term]];
        for (int i = 0; i < rows.n; i++) {
            for (int a = 0; a < out.length; a++) {
                double z = rows.z[i * rows.path + from + a];
                out[a] += z * z / rows.n;
            }
        }
        return out;
    }

    @Override
    public String grid() {
        StringBuilder out = new StringBuilder();
        for (Grid g : grids) {
            if (g.size < g.whole) {
                out.append(out.isEmpty() ? "" : ", ")
                        .append(g.size)
                        .append(" of ")
                        .append(g.whole);
            }
        }
        return out.toString();
    }

    private final class SumFold implements Fold<Sums> {
        @Override
        public Sums create() {
            Sums out = pool.take();
            out.clear();
            return out;
        }

        @Override
        public void accumulate(int k, Sums into) {
            int leaf = leaves[k];
            ClusterRule rule = rules.take();
            if (!rule.add(rows.leaf[leaf], rows.leaf[leaf + 1], into)) {
                into.logLikelihood = Double.NaN;
            }
            rules.give(rule);
        }

        @Override
        public void merge(Sums into, Sums from) {
            into.add(from);
            pool.give(from);
        }
    }
}
