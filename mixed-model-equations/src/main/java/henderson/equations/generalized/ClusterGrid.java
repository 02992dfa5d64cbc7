package henderson.equations.generalized;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The quadrature of one cluster at a time, theory (116) to (118). A <em>path</em> is a node of each depth down to a unit:
 * its number J is that of the path of its parent times the nodes of this depth, plus its node. The sums of the units within
 * one are taken at each of its paths, so that they factor. A workspace of one thread.
 *
 * <p>Arrays by depth are local to the cluster: unit u of the cluster and path J stand at {@code u · paths + J}.
 */
final class ClusterGrid {
    private final NestedPoint point;
    private final NestedRows rows;
    private final int n;
    private final Grid[] grid;
    /** Paths down to each depth. */
    final int[] paths;
    /** v along the path, P + q for each unit and path. */
    final double[][] position;
    /** Logarithm of the term of each unit and path in the sum over the nodes of its depth. */
    private final double[][] term;
    /** Sums over the nodes of a unit, for each path of its parent. */
    private final double[][] logSum;
    /** Posterior probability of each path. */
    final double[][] probability;
    /** {@code Σ ℓ′_i z_i} along the path, for each innermost unit and path. */
    private final double[] slopes;
    /** ℓ′ of each row of the cluster at each path, paths first within a unit. */
    private final double[] rowSlopes;
    /** {@code Σ ∂ℓ/∂φ}, for each innermost unit and path. */
    private final double[] phiSlopes;
    /** Derivatives by Z-side and by position along the path. */
    private final double[][] byZ;

    private final double[][] byPosition;
    private final double[] nodeEta;
    private final double[] nodeDensity;
    private final int order;
    private final double[] shift;
    private final double[] own;
    private final double[] centreShift;
    private final double[] rowWeights;

    ClusterGrid(NestedPoint point, Grid[] grid, double[] nodeEta, double[] nodeDensity) {
        this.point = point;
        this.rows = point.rows;
        this.n = rows.n;
        this.grid = grid;
        this.nodeEta = nodeEta;
        this.nodeDensity = nodeDensity;
        this.order = rows.auxiliaries > 0 ? 3 : 1;
        int depths = rows.depths;
        this.paths = paths(grid);
        this.position = new double[depths][];
        this.term = new double[depths][];
        this.logSum = new double[depths][];
        this.probability = new double[depths][];
        this.byZ = new double[depths][];
        this.byPosition = new double[depths][];
        for (int l = 0; l < depths; l++) {
            int units = rows.mostUnits(l);
            int columns = rows.above[l + 1];
            position[l] = new double[units * paths[l] * columns];
            term[l] = new double[units * paths[l]];
            probability[l] = new double[units * paths[l]];
            logSum[l] = new double[units * paths[l] / grid[l].size];
            byZ[l] = new double[units * paths[l] * columns];
            byPosition[l] = new double[units * paths[l] * columns];
        }
        int leaves = rows.mostUnits(depths - 1) * paths[depths - 1];
        this.slopes = new double[leaves * rows.path];
        this.phiSlopes = new double[leaves * rows.auxiliaries];
        this.rowSlopes = new double[rows.mostRows() * paths[depths - 1]];
        this.rowWeights = new double[rows.mostRows()];
        this.shift = new double[rows.path];
        this.own = new double[rows.path];
        this.centreShift = new double[rows.path];
    }

    static int[] paths(Grid[] grid) {
        int[] out = new int[grid.length];
        for (int l = 0; l < out.length; l++) {
            out[l] = (l == 0 ? 1 : out[l - 1]) * grid[l].size;
        }
        return out;
    }

    /** Blocks of densities that a family may write. */
    static int blocks(NestedRows rows) {
        return 4 + 3 * rows.auxiliaries;
    }

    /** Log-likelihood of cluster c by the rule about a centre; −∞ or NaN where it cannot be computed. */
    double logLikelihood(int c, Centre centre) {
        return sum(0, c, c, 0, centre);
    }

    /** The sum over the nodes of a unit at one path of its parent, as a logarithm. */
    private double sum(int depth, int unit, int c, int parentPath, Centre centre) {
        int q = rows.width[depth];
        int above = rows.above[depth];
        int columns = above + q;
        int size = grid[depth].size;
        int first = (unit - rows.first(depth, c)) * paths[depth] + parentPath * size;
        ancestors(depth, unit, c, parentPath, first * columns);
        origin(depth, unit, first * columns, centre);
        double[] at = position[depth];
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < size; j++) {
            int to = (first + j) * columns;
            System.arraycopy(at, first * columns, at, to, above);
            double square = 0;
            for (int a = 0; a < q; a++) {
                double sum = shiftOf(depth, a);
                for (int b = 0; b <= a; b++) {
                    sum += centre.root[depth][unit * q * q + a * q + b] * grid[depth].nodes[j * q + b];
                }
                at[to + above + a] = sum;
                square += sum * sum;
            }
            double log = grid[depth].logWeights[j] - square / 2;
            if (depth == rows.depths - 1) {
                log += density(unit, c, parentPath * size + j, to);
            } else {
                for (int s = rows.child[depth][unit]; s < rows.child[depth][unit + 1]; s++) {
                    log += sum(depth + 1, s, c, parentPath * size + j, centre);
                    origin(depth, unit, first * columns, centre);
                }
            }
            term[depth][first + j] = log;
            largest = Math.max(largest, log);
        }
        double sum = 0;
        for (int j = 0; j < size; j++) {
            sum += Math.exp(term[depth][first + j] - largest);
        }
        double log = largest + Math.log(sum);
        logSum[depth][first / size] = log;
        return log + centre.logRoot[depth][unit] - q * Math.log(Math.PI) / 2;
    }

    private double shiftOf(int depth, int a) {
        return shift[rows.above[depth] + a];
    }

    /** Copies the position of the parent's path to the first node of a unit. */
    private void ancestors(int depth, int unit, int c, int parentPath, int to) {
        if (depth > 0) {
            int above = rows.above[depth];
            int parent = rows.parent[depth - 1][unit] - rows.first(depth - 1, c);
            int from = (parent * paths[depth - 1] + parentPath) * above;
            System.arraycopy(position[depth - 1], from, position[depth], to, above);
        }
    }

    /** {@code m + B(u − m_u)} of a unit into {@link #shift}. */
    private void origin(int depth, int unit, int at, Centre centre) {
        int q = rows.width[depth];
        int above = rows.above[depth];
        locations(depth, unit, centre, centreShift);
        for (int a = 0; a < q; a++) {
            double sum = centre.location[depth][unit * q + a];
            for (int b = 0; b < above; b++) {
                sum += centre.back[depth][(unit * q + a) * above + b] * (position[depth][at + b] - centreShift[b]);
            }
            shift[above + a] = sum;
        }
    }

    /** Locations of a unit's ancestors along the path. {@code out} is modified. */
    void locations(int depth, int unit, Centre centre, double[] out) {
        int at = unit;
        for (int l = depth - 1; l >= 0; l--) {
            at = rows.parent[l][at];
            System.arraycopy(centre.location[l], at * rows.width[l], out, rows.above[l], rows.width[l]);
        }
    }

    /** Sum of the log densities of an innermost unit at a path; its slopes are kept. −∞ outside the domain. */
    private double density(int unit, int c, int j, int at) {
        int last = rows.depths - 1;
        int from = rows.child[last][unit];
        int to = rows.child[last][unit + 1];
        int path = rows.path;
        double[] v = position[last];
        double[] d = point.d;
        if (path == 1) {
            for (int i = from; i < to; i++) {
                nodeEta[i] = point.xb[i] + d[i] * v[at];
            }
        } else {
            for (int i = from; i < to; i++) {
                double sum = point.xb[i];
                for (int a = 0; a < path; a++) {
                    sum += d[i * path + a] * v[at + a];
                }
                nodeEta[i] = sum;
            }
        }
        int leaf = (unit - rows.first(last, c)) * paths[last] + j;
        int slopeRow = slopeRow(unit, c, j);
        Arrays.fill(slopes, leaf * path, (leaf + 1) * path, 0);
        Arrays.fill(phiSlopes, leaf * rows.auxiliaries, (leaf + 1) * rows.auxiliaries, 0);
        if (!rows.family.logDensity(from, to, nodeEta, point.phi, order, nodeDensity)) {
            Arrays.fill(rowSlopes, slopeRow, slopeRow + to - from, 0);
            return Double.NEGATIVE_INFINITY;
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            double slope = nodeDensity[n + i];
            sum += nodeDensity[i];
            rowSlopes[slopeRow + i - from] = slope;
            for (int a = 0; a < path; a++) {
                slopes[leaf * path + a] += slope * rows.z[i * path + a];
            }
        }
        for (int k = 0; k < rows.auxiliaries; k++) {
            double total = 0;
            for (int i = from; i < to; i++) {
                total += nodeDensity[(4 + 3 * k) * n + i];
            }
            phiSlopes[leaf * rows.auxiliaries + k] = total;
        }
        return sum;
    }

    private int slopeRow(int unit, int c, int j) {
        int last = rows.depths - 1;
        int from = rows.child[last][unit];
        int count = rows.child[last][unit + 1] - from;
        return (from - rows.firstRow(c)) * paths[last] + j * count;
    }

    /** Posterior probabilities of the paths of cluster c after {@link #logLikelihood}. */
    void probabilities(int c) {
        for (int l = 0; l < rows.depths; l++) {
            int size = grid[l].size;
            for (int unit = rows.first(l, c); unit < rows.first(l, c + 1); unit++) {
                int from = (unit - rows.first(l, c)) * paths[l];
                int parent = l == 0 ? 0 : (rows.parent[l - 1][unit] - rows.first(l - 1, c)) * paths[l - 1];
                for (int j = 0; j < paths[l]; j++) {
                    double given = l == 0 ? 1 : probability[l - 1][parent + j / size];
                    probability[l][from + j] = given * Math.exp(term[l][from + j] - logSum[l][(from + j) / size]);
                }
            }
        }
    }

    /**
     * Derivatives by m, B, C of a centre, theory (117), with weights of the paths that take the place of their probabilities.
     * The derivative of {@code log|C|} is not included.
     *
     * @param weight  by depth as {@link #probability}
     * @param moments derivatives that come by positions directly, or null
     * @param out     modified
     */
    void byCentre(int c, Centre centre, double[][] weight, @Nullable MomentAdjoint moments, CentreAdjoint out) {
        out.clear(c);
        for (int l = 0; l < rows.depths - 1; l++) {
            int used = (rows.first(l, c + 1) - rows.first(l, c)) * paths[l] * rows.above[l + 1];
            Arrays.fill(byZ[l], 0, used, 0);
            Arrays.fill(byPosition[l], 0, used, 0);
        }
        int last = rows.depths - 1;
        int leaves = (rows.first(last, c + 1) - rows.first(last, c)) * paths[last];
        for (int j = 0; j < leaves; j++) {
            for (int a = 0; a < rows.path; a++) {
                byZ[last][j * rows.path + a] = weight[last][j] * slopes[j * rows.path + a];
            }
        }
        Arrays.fill(byPosition[last], 0, leaves * rows.path, 0);
        for (int l = last; l >= 0; l--) {
            for (int unit = rows.first(l, c); unit < rows.first(l, c + 1); unit++) {
                int local = unit - rows.first(l, c);
                if (moments != null) {
                    moments.addDirect(l, local, position[l], probability[l], byPosition[l]);
                }
                unitAdjoint(l, unit, c, centre, weight[l], out);
            }
        }
    }

    private void unitAdjoint(int l, int unit, int c, Centre centre, double[] weight, CentreAdjoint out) {
        int q = rows.width[l];
        int above = rows.above[l];
        int columns = above + q;
        int local = unit - rows.first(l, c);
        int parent = l == 0 ? 0 : rows.parent[l - 1][unit] - rows.first(l - 1, c);
        locations(l, unit, centre, centreShift);
        Arrays.fill(shift, 0, above, 0);
        double[] back = centre.back[l];
        for (int j = 0; j < paths[l]; j++) {
            int at = (local * paths[l] + j) * columns;
            int node = j % grid[l].size;
            point.lambdaTransposed(l, byZ[l], at + above, own, 0);
            for (int a = 0; a < q; a++) {
                double v = own[a]
                        - weight[local * paths[l] + j] * position[l][at + above + a]
                        + byPosition[l][at + above + a];
                own[a] = v;
                out.location[l][local * q + a] += v;
                for (int b = 0; b <= a; b++) {
                    out.root[l][(local * q + a) * q + b] += v * grid[l].nodes[node * q + b];
                }
                for (int b = 0; b < above; b++) {
                    out.back[l][(local * q + a) * above + b] += v * (position[l][at + b] - centreShift[b]);
                }
            }
            int up = l == 0 ? 0 : (parent * paths[l - 1] + j / grid[l].size) * above;
            for (int b = 0; b < above; b++) {
                double sum = 0;
                for (int a = 0; a < q; a++) {
                    sum += back[(unit * q + a) * above + b] * own[a];
                }
                shift[b] -= sum;
                byZ[l - 1][up + b] += byZ[l][at + b];
                byPosition[l - 1][up + b] += byPosition[l][at + b] + sum;
            }
        }
        int up = unit;
        for (int k = l - 1; k >= 0; k--) {
            up = rows.parent[k][up];
            for (int a = 0; a < rows.width[k]; a++) {
                out.location[k][(up - rows.first(k, c)) * rows.width[k] + a] += shift[rows.above[k] + a];
            }
        }
    }

    /** Adds derivatives by (β, Λ, φ) at the nodes, theory (118), after {@link #byCentre} with the same weights. */
    void addParameters(int c, double[][] weight, Sums sums) {
        int last = rows.depths - 1;
        for (int l = 0; l < rows.depths; l++) {
            int q = rows.width[l];
            int above = rows.above[l];
            int columns = above + q;
            int count = (rows.first(l, c + 1) - rows.first(l, c)) * paths[l];
            for (int j = 0; j < count; j++) {
                int at = j * columns + above;
                for (int a = 0; a < q; a++) {
                    for (int b = 0; b < q; b++) {
                        sums.byLambda[l][a * q + b] += byZ[l][at + a] * position[l][at + b];
                    }
                }
            }
        }
        for (int unit = rows.first(last, c); unit < rows.first(last, c + 1); unit++) {
            int leaf = (unit - rows.first(last, c)) * paths[last];
            addRows(unit, c, weight[last], leaf, sums);
            for (int j = 0; j < paths[last]; j++) {
                for (int k = 0; k < rows.auxiliaries; k++) {
                    sums.byPhi[k] += weight[last][leaf + j] * phiSlopes[(leaf + j) * rows.auxiliaries + k];
                }
            }
        }
    }

    private void addRows(int unit, int c, double[] weight, int leaf, Sums sums) {
        int last = rows.depths - 1;
        int from = rows.child[last][unit];
        int count = rows.child[last][unit + 1] - from;
        Arrays.fill(rowWeights, 0, count, 0);
        for (int j = 0; j < paths[last]; j++) {
            int at = slopeRow(unit, c, j);
            double w = weight[leaf + j];
            for (int i = 0; i < count; i++) {
                rowWeights[i] += w * rowSlopes[at + i];
            }
        }
        rows.addByColumns(from, count, rowWeights, sums.byBeta);
    }
}
