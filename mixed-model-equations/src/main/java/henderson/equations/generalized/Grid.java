package henderson.equations.generalized;

import henderson.api.HendersonException;
import java.util.Arrays;

/**
 * The product of a Gauss–Hermite rule over the effects of one level, pruned where it has many nodes: those whose weights
 * together make less than {@value #DROPPED} of the whole are left out.
 */
final class Grid {
    /** Share of the weight that pruning may leave out. */
    static final double DROPPED = 1e-12;
    /** Grids of no more nodes are not pruned. */
    static final int WHOLE = 4096;
    /** Products of more nodes are not even listed. */
    static final int MOST = 5_000_000;

    final int dimension;
    /** Nodes kept. */
    final int size;
    /** Nodes of the whole product. */
    final long whole;
    /** {@code √2 z}, size × dimension. */
    final double[] nodes;
    /** {@code log ω + ‖z‖²}, without the constant {@code −(q/2) log π}; size. */
    final double[] logWeights;

    /**
     * The product of {@code dimension} rules of {@code points} nodes.
     *
     * @throws HendersonException where it has more than {@value #MOST} nodes, with their number
     */
    Grid(int points, int dimension) {
        GaussHermite rule = GaussHermite.of(points);
        double product = Math.pow(points, dimension);
        if (product > MOST) {
            throw new HendersonException(
                    String.format(
                            java.util.Locale.ROOT,
                            "%d points for each of %d random effects are a grid of %.0f nodes; at most %d are possible.",
                            points,
                            dimension,
                            product,
                            MOST),
                    "Maybe take fewer points, or 'laplace'.");
        }
        this.dimension = dimension;
        this.whole = Math.round(product);
        double least = whole <= WHOLE ? Double.NEGATIVE_INFINITY : threshold(rule);
        int kept = 0;
        for (int j = 0; j < whole; j++) {
            kept += logWeight(rule, j, null, 0) >= least ? 1 : 0;
        }
        this.size = kept;
        this.nodes = new double[kept * dimension];
        this.logWeights = new double[kept];
        int at = 0;
        for (int j = 0; j < whole; j++) {
            if (logWeight(rule, j, null, 0) >= least) {
                double log = logWeight(rule, j, nodes, at * dimension);
                double square = 0;
                for (int a = 0; a < dimension; a++) {
                    double z = nodes[at * dimension + a];
                    square += z * z;
                    nodes[at * dimension + a] = Math.sqrt(2) * z;
                }
                logWeights[at++] = log + square;
            }
        }
    }

    /** Log of the weight of node j; its coordinates go into {@code z} from {@code at} unless that is null. */
    private double logWeight(GaussHermite rule, int j, double @org.jspecify.annotations.Nullable [] z, int at) {
        int points = rule.nodes().length;
        double log = 0;
        int rest = j;
        for (int a = dimension - 1; a >= 0; a--) {
            int k = rest % points;
            rest /= points;
            log += rule.logWeights()[k];
            if (z != null) {
                z[at + a] = rule.nodes()[k];
            }
        }
        return log;
    }

    /** The weight below which nodes are left out; nodes of equal weight stay or go together. */
    private double threshold(GaussHermite rule) {
        double[] logs = new double[(int) whole];
        for (int j = 0; j < logs.length; j++) {
            logs[j] = logWeight(rule, j, null, 0);
        }
        Arrays.sort(logs);
        double total = Math.pow(Math.PI, dimension / 2.0);
        double dropped = 0;
        for (double log : logs) {
            dropped += Math.exp(log);
            if (dropped > DROPPED * total) {
                return log - 1e-9;
            }
        }
        return Double.NEGATIVE_INFINITY;
    }
}
