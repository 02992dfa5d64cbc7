package henderson.equations.generalized;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.Model;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a model whose grouping factors are nested, sorted so that those of every level stand together: a cluster (a
 * level of the outermost factor) is a range of rows, and so is every <em>unit</em> (a level of any factor) within it. A model
 * without random effects has clusters of {@value #BLOCK} rows with no columns.
 */
final class NestedRows {
    private static final int BLOCK = 256;
    /** Rows that a leaf of the sums has at least, unless it is the last. */
    private static final int LEAF = 1024;

    final Model model;
    final BoundFamily family;
    final int n;
    final int p;
    /** Number of the family's own parameters. */
    final int auxiliaries;
    /** Depth of nesting, ≥ 1. */
    final int depths;
    /** Columns at each depth. */
    final int[] width;
    /** Columns of the depths before each; the last entry is that of a whole path. */
    final int[] above;
    /** Columns of a whole path. */
    final int path;
    /** The factors, or null where there are none. */
    final @Nullable Factors factors;
    /** Children of unit u of depth ℓ: units {@code child[ℓ][u] … child[ℓ][u + 1] − 1} of depth ℓ + 1; rows at the last. */
    final int[][] child;
    /** Parent, at depth ℓ, of each unit of depth ℓ + 1. */
    final int[][] parent;
    /** Unit of each level of each depth, −1 where it has no row. */
    final int[][] unitOfLevel;
    /** X, p columns of n. */
    final double[] x;
    /** Z along the path, n × path. */
    final double[] z;
    /** Whether each row has one random effect and z = 1. */
    final boolean alike;
    /** Offset of each row. */
    final double[] offset;
    /** First cluster of each leaf of a sum; the last entry is the number of clusters. */
    final int[] leaf;
    /** Rows of the largest cluster. */
    private final int mostRows;
    /** Clusters of the leaf that has most. */
    private final int mostClusters;
    /** Rows of the leaf that has most. */
    private final int mostLeafRows;
    /** Units of each depth that the cluster with most of them has. */
    private final int[] mostUnits;

    /** Rows of a cluster where there are no factors. */
    private final int block;

    private NestedRows(Model model, @Nullable Factors factors, int block) {
        this.model = model;
        this.block = block;
        this.factors = factors;
        this.n = Math.toIntExact(model.rows());
        this.p = model.fixedNames().size();
        boolean none = factors == null || factors.count == 0;
        this.depths = none ? 1 : factors.count;
        this.width = none ? new int[1] : factors.width;
        this.above = none ? new int[2] : factors.above;
        this.path = above[depths];
        int[][] level = new int[depths][n];
        double[] xs = new double[n * p];
        double[] zs = new double[n * path];
        double[] offsets = new double[n];
        read(level, xs, zs, offsets);
        int[] order = sorted(level);
        this.x = columns(xs, order, p);
        this.z = reordered(zs, order, path);
        boolean ones = depths == 1 && path == 1;
        for (int i = 0; i < n && ones; i++) {
            ones = z[i] == 1;
        }
        this.alike = ones;
        this.offset = reordered(offsets, order, 1);
        BoundFamily bound = Objects.requireNonNull(model.family(), "a model with a family");
        this.family = inOrder(bound, order);
        this.auxiliaries = bound.auxiliaries().size();
        this.child = new int[depths][];
        this.unitOfLevel = new int[depths][];
        units(level, order);
        this.parent = parents();
        this.leaf = leaves();
        int rowsOfOne = 0;
        this.mostUnits = new int[depths];
        for (int c = 0; c < clusters(); c++) {
            rowsOfOne = Math.max(rowsOfOne, firstRow(c + 1) - firstRow(c));
            for (int l = 0; l < depths; l++) {
                mostUnits[l] = Math.max(mostUnits[l], first(l, c + 1) - first(l, c));
            }
        }
        this.mostRows = rowsOfOne;
        int clustersOfOne = 0;
        int rowsOfLeaf = 0;
        for (int k = 0; k < leaf.length - 1; k++) {
            clustersOfOne = Math.max(clustersOfOne, leaf[k + 1] - leaf[k]);
            rowsOfLeaf = Math.max(rowsOfLeaf, firstRow(leaf[k + 1]) - firstRow(leaf[k]));
        }
        this.mostClusters = clustersOfOne;
        this.mostLeafRows = rowsOfLeaf;
    }

    /** Reads a model's rows; null where grouping factors cross. */
    static @Nullable NestedRows of(Model model) {
        Factors factors = Factors.of(model);
        return factors == null ? null : new NestedRows(model, factors, BLOCK);
    }

    /** Reads a model's rows and leaves its random effects out. */
    static NestedRows withoutRandomEffects(Model model) {
        return new NestedRows(model, null, BLOCK);
    }

    /** Reads the rows of a model without random effects, each a cluster of its own. */
    static NestedRows single(Model model) {
        return new NestedRows(model, null, 1);
    }

    /** Cluster of each row, in the model's order. */
    int[] clusterOfRows() {
        int[] out = new int[n];
        int row = 0;
        boolean none = factors == null || factors.count == 0;
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++, row++) {
                int level = none ? row / block : batch.level(Objects.requireNonNull(factors).anyTerm[0])[i];
                out[row] = unitOfLevel[0][level];
            }
        }
        return out;
    }

    private void read(int[][] level, double[] xs, double[] zs, double[] offsets) {
        int row = 0;
        int terms = factors == null ? 0 : model.random().size();
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++, row++) {
                System.arraycopy(batch.x().data, i * p, xs, row * p, p);
                double[] offset = batch.offset();
                offsets[row] = offset == null ? 0 : offset[i];
                for (int t = 0; t < terms; t++) {
                    Factors f = Objects.requireNonNull(factors);
                    int at = row * path + above[f.depthOf[t]] + f.columnOf[t];
                    System.arraycopy(batch.z(t).data, i * f.columns[t], zs, at, f.columns[t]);
                    level[f.depthOf[t]][row] = batch.level(t)[i];
                }
                if (terms == 0) {
                    level[0][row] = row / block;
                }
            }
        }
    }

    /** Rows by level of the first depth, then of the second …; in the data's order within the last. */
    private int[] sorted(int[][] level) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        int[] next = new int[n];
        for (int l = depths - 1; l >= 0; l--) {
            int most = Arrays.stream(level[l]).max().orElse(0);
            int[] start = new int[most + 2];
            for (int i = 0; i < n; i++) {
                start[level[l][i] + 1]++;
            }
            for (int k = 0; k <= most; k++) {
                start[k + 1] += start[k];
            }
            for (int i = 0; i < n; i++) {
                next[start[level[l][order[i]]]++] = order[i];
            }
            int[] swap = order;
            order = next;
            next = swap;
        }
        return order;
    }

    private static double[] reordered(double[] from, int[] order, int columns) {
        double[] out = new double[from.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(from, order[i] * columns, out, i * columns, columns);
        }
        return out;
    }

    private static double[] columns(double[] from, int[] order, int columns) {
        int n = order.length;
        double[] out = new double[from.length];
        for (int i = 0; i < n; i++) {
            int at = order[i] * columns;
            for (int j = 0; j < columns; j++) {
                out[j * n + i] = from[at + j];
            }
        }
        return out;
    }

    private static BoundFamily inOrder(BoundFamily family, int[] order) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] != i) {
                BoundFamily own = family.ordered(order);
                return own == null ? new OrderedFamily(family, order) : own;
            }
        }
        return family;
    }

    private void units(int[][] level, int[] order) {
        int[] below = new int[n + 1];
        for (int i = 0; i <= n; i++) {
            below[i] = i;
        }
        int parts = n;
        int[] firstRow = below.clone();
        for (int l = depths - 1; l >= 0; l--) {
            int most = Arrays.stream(level[l]).max().orElse(0);
            unitOfLevel[l] = new int[most + 1];
            Arrays.fill(unitOfLevel[l], -1);
            int[] start = new int[parts + 1];
            int[] rowOf = new int[parts + 1];
            int count = 0;
            for (int k = 0; k < parts; k++) {
                int here = level[l][order[firstRow[k]]];
                if (k == 0 || here != level[l][order[firstRow[k - 1]]]) {
                    unitOfLevel[l][here] = count;
                    rowOf[count] = firstRow[k];
                    start[count++] = k;
                }
            }
            start[count] = parts;
            child[l] = Arrays.copyOf(start, count + 1);
            firstRow = rowOf;
            parts = count;
        }
    }

    private int[][] parents() {
        int[][] out = new int[depths - 1][];
        for (int l = 0; l < depths - 1; l++) {
            out[l] = new int[units(l + 1)];
            for (int u = 0; u < units(l); u++) {
                Arrays.fill(out[l], child[l][u], child[l][u + 1], u);
            }
        }
        return out;
    }

    private int[] leaves() {
        int[] out = new int[clusters() + 1];
        int count = 0;
        int begin = 0;
        for (int c = 0; c < clusters(); c++) {
            if (count == 0 || firstRow(c) - begin >= LEAF) {
                begin = firstRow(c);
                out[count++] = c;
            }
        }
        out[count] = clusters();
        return Arrays.copyOf(out, count + 1);
    }

    /** Number of clusters. */
    int clusters() {
        return child[0].length - 1;
    }

    /** Number of units of a depth. */
    int units(int depth) {
        return child[depth].length - 1;
    }

    /** First unit of depth ℓ that belongs to cluster c; {@code first(ℓ, c + 1)} is the end. */
    int first(int depth, int c) {
        int unit = c;
        for (int l = 0; l < depth; l++) {
            unit = child[l][unit];
        }
        return unit;
    }

    /** First row of cluster c. */
    int firstRow(int c) {
        return child[depths - 1][first(depths - 1, c)];
    }

    /** {@code out += Xᵀe} over {@code count} rows from {@code from} on; e begins with the first of them. Modified. */
    void addByColumns(int from, int count, double[] e, double[] out) {
        for (int j = 0; j < p; j++) {
            out[j] += product(j, from, count, e);
        }
    }

    /**
     * {@code out += XᵀWX} of rows that follow one another, in the lower triangle.
     *
     * @param weight of each row, from 0
     * @param work   one number for each row. Modified.
     * @param width  of a row of {@code out}
     */
    void addFixed(int from, int count, double[] weight, double[] work, int width, double[] out) {
        for (int j = 0; j < p; j++) {
            int column = j * n + from;
            for (int i = 0; i < count; i++) {
                work[i] = weight[i] * x[column + i];
            }
            for (int k = 0; k <= j; k++) {
                out[j * width + k] += product(k, from, count, work);
            }
        }
    }

    /** {@code Σ x_ij e_i} over {@code count} rows from {@code from} on, of column j; e begins with the first of them. */
    double product(int j, int from, int count, double[] e) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int at = j * n + from;
        int i = 0;
        for (; i < count - 3; i += 4) {
            a += e[i] * x[at + i];
            b += e[i + 1] * x[at + i + 1];
            c += e[i + 2] * x[at + i + 2];
            d += e[i + 3] * x[at + i + 3];
        }
        for (; i < count; i++) {
            a += e[i] * x[at + i];
        }
        return a + b + (c + d);
    }

    /** Entry of X. */
    double x(int row, int column) {
        return x[column * n + row];
    }

    /** Clusters of the leaf that has most. */
    int mostClusters() {
        return mostClusters;
    }

    /** Rows of the leaf that has most. */
    int mostLeafRows() {
        return mostLeafRows;
    }

    /** Rows of the largest cluster. */
    int mostRows() {
        return mostRows;
    }

    /** Units of a depth that the cluster with most of them has. */
    int mostUnits(int depth) {
        return mostUnits[depth];
    }
}
