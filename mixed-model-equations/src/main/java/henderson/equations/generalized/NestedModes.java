package henderson.equations.generalized;

import henderson.api.Clusters;
import henderson.api.Fit;
import henderson.api.Fold;
import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/** What is read from the modes of nested clusters at the last point: information on β, and the random effects. */
final class NestedModes {
    private final NestedPoint point;
    private final NestedRows rows;
    private final Clusters clusters;

    NestedModes(NestedPoint point, Clusters clusters) {
        this.point = point;
        this.rows = point.rows;
        this.clusters = clusters;
    }

    /** {@code 2(XᵀWX − XᵀWD H⁻¹ DᵀWX)}, theory (119). Modified. */
    void fixedInformation(int[] leaves, DMatrixRMaj out) {
        int p = rows.p;
        double[] sums = clusters.fold(leaves.length, new Fold<double[]>() {
            @Override
            public double[] create() {
                return new double[p * p];
            }

            @Override
            public void accumulate(int k, double[] into) {
                int leaf = leaves[k];
                Worker worker = new Worker(into);
                worker.addLeaf(rows.leaf[leaf], rows.leaf[leaf + 1]);
            }

            @Override
            public void merge(double[] into, double[] from) {
                for (int i = 0; i < into.length; i++) {
                    into[i] += from[i];
                }
            }
        });
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                out.set(i, j, 2 * sums[Math.max(i, j) * p + Math.min(i, j)]);
            }
        }
    }

    /** Sums one cluster after the other. */
    private final class Worker {
        private final ClusterMode mode = new ClusterMode(point);
        private final double[] out;
        /** {@code DᵀWX} along the path at each depth, (P + q) × p. */
        private final double[][] cross;

        Worker(double[] out) {
            this.out = out;
            this.cross = new double[rows.depths][];
            for (int l = 0; l < rows.depths; l++) {
                cross[l] = new double[rows.above[l + 1] * rows.p];
            }
        }

        void addLeaf(int from, int to) {
            int first = rows.firstRow(from);
            int count = rows.firstRow(to) - first;
            double[] w = new double[count];
            for (int c = from; c < to; c++) {
                if (mode.find(c)) {
                    for (int i = rows.firstRow(c); i < rows.firstRow(c + 1); i++) {
                        w[i - first] = -point.density[2 * rows.n + i];
                    }
                    if (rows.path > 0) {
                        add(0, c);
                    }
                }
            }
            rows.addFixed(first, count, w, new double[count], rows.p, out);
        }

        private void add(int depth, int unit) {
            double[] g = cross[depth];
            Arrays.fill(g, 0);
            int from = rows.child[depth][unit];
            int to = rows.child[depth][unit + 1];
            for (int s = from; s < to && depth < rows.depths - 1; s++) {
                add(depth + 1, s);
            }
            if (depth == rows.depths - 1) {
                addRows(from, to, g);
            }
            eliminate(depth, unit, g);
        }

        private void addRows(int from, int to, double[] g) {
            int p = rows.p;
            int path = rows.path;
            double[] d = point.d;
            for (int a = 0; a < path; a++) {
                for (int j = 0; j < p; j++) {
                    double sum = 0;
                    int column = j * rows.n;
                    for (int i = from; i < to; i++) {
                        sum -= point.density[2 * rows.n + i] * rows.x[column + i] * d[i * path + a];
                    }
                    g[a * p + j] += sum;
                }
            }
        }

        private void eliminate(int depth, int unit, double[] g) {
            int p = rows.p;
            int above = rows.above[depth];
            int q = rows.width[depth];
            for (int a = 0; a < above; a++) {
                for (int j = 0; j < p; j++) {
                    double sum = g[a * p + j];
                    for (int k = 0; k < q; k++) {
                        sum += point.curvature.back[depth][(unit * q + k) * above + a] * g[(above + k) * p + j];
                    }
                    cross[depth - 1][a * p + j] += sum;
                }
            }
            double[] root = point.curvature.root[depth];
            for (int b = 0; b < q; b++) { // row b of CᵀG; rows below are still untouched
                for (int j = 0; j < p; j++) {
                    double sum = 0;
                    for (int k = b; k < q; k++) {
                        sum += root[(unit * q + k) * q + b] * g[(above + k) * p + j];
                    }
                    g[(above + b) * p + j] = sum;
                }
                for (int j = 0; j < p; j++) {
                    for (int k = 0; k <= j; k++) {
                        out[j * p + k] -= g[(above + b) * p + j] * g[(above + b) * p + k];
                    }
                }
            }
        }
    }

    /** Modes {@code Λv̂} of a term by level and their covariances; levels without rows have mean zero and variance G. */
    Fit.Effects effects(int term) {
        ClusterMode mode = new ClusterMode(point);
        for (int c = 0; c < rows.clusters(); c++) {
            mode.find(c);
        }
        int depth = Objects.requireNonNull(rows.factors).depthOf[term];
        return scaled(term, point.mode[depth], variances(depth));
    }

    /**
     * Effects {@code Λv} of a term by level, from v by unit of its depth; levels without rows have mean zero and variance G.
     *
     * @param location units × width
     * @param variance units, each width × width
     */
    Fit.Effects scaled(int term, double[] location, double[][] variance) {
        Factors f = Objects.requireNonNull(rows.factors);
        int depth = f.depthOf[term];
        int q = f.columns[term];
        int at = f.columnOf[term];
        int width = rows.width[depth];
        double[] lambda = point.lambda[depth];
        int levels = f.levels[depth];
        double[] values = new double[levels * q];
        double[] conditional = new double[levels * q * q];
        double[] own = new double[width * width];
        for (int level = 0; level < levels; level++) {
            int unit = level < rows.unitOfLevel[depth].length ? rows.unitOfLevel[depth][level] : -1;
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    own[i * width + j] = unit < 0 ? i == j ? 1 : 0 : variance[unit][i * width + j];
                }
            }
            for (int i = 0; i < q; i++) {
                for (int k = 0; k < q; k++) {
                    double l = lambda[(at + i) * width + at + k];
                    values[level * q + i] += unit < 0 ? 0 : l * location[unit * width + at + k];
                    for (int j = 0; j < q; j++) {
                        for (int m = 0; m < q; m++) {
                            conditional[(level * q + i) * q + j] +=
                                    l * own[(at + k) * width + at + m] * lambda[(at + j) * width + at + m];
                        }
                    }
                }
            }
        }
        return new Fit.Effects(values, conditional, conditional.clone());
    }

    /** Own block of {@code H⁻¹} of every unit of a depth: {@code CCᵀ + B Var Bᵀ}, the outermost first. */
    private double[][] variances(int depth) {
        double[][] above = new double[0][];
        double[][] own = new double[0][];
        for (int l = 0; l <= depth; l++) {
            double[][] path = new double[rows.units(l)][];
            own = new double[rows.units(l)][];
            for (int u = 0; u < own.length; u++) {
                double[] outer = l == 0 ? new double[0] : above[rows.parent[l - 1][u]];
                path[u] = alongPath(l, u, outer);
                own[u] = lastBlock(path[u], rows.above[l + 1], rows.width[l]);
            }
            above = path;
        }
        return own;
    }

    /** Covariance along the path to a unit, from that to its parent. */
    private double[] alongPath(int l, int unit, double[] outer) {
        int q = rows.width[l];
        int p = rows.above[l];
        int columns = p + q;
        double[] out = new double[columns * columns];
        double[] back = point.curvature.back[l];
        double[] root = point.curvature.root[l];
        for (int i = 0; i < p; i++) {
            System.arraycopy(outer, i * p, out, i * columns, p);
            for (int k = 0; k < q; k++) {
                double sum = 0;
                for (int j = 0; j < p; j++) {
                    sum += outer[i * p + j] * back[(unit * q + k) * p + j];
                }
                out[i * columns + p + k] = sum;
                out[(p + k) * columns + i] = sum;
            }
        }
        for (int k = 0; k < q; k++) {
            for (int m = 0; m < q; m++) {
                double sum = 0;
                for (int j = 0; j < p; j++) {
                    sum += back[(unit * q + k) * p + j] * out[j * columns + p + m];
                }
                for (int j = 0; j <= Math.min(k, m); j++) {
                    sum += root[(unit * q + k) * q + j] * root[(unit * q + m) * q + j];
                }
                out[(p + k) * columns + p + m] = sum;
            }
        }
        return out;
    }

    private static double[] lastBlock(double[] a, int columns, int q) {
        double[] out = new double[q * q];
        int p = columns - q;
        for (int i = 0; i < q; i++) {
            System.arraycopy(a, (p + i) * columns + p, out, i * q, q);
        }
        return out;
    }
}
