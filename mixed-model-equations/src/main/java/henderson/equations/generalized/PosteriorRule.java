package henderson.equations.generalized;

import henderson.equations.generalized.Posterior.PosteriorSums;
import java.util.Arrays;

/** The E-step of one cluster at a time. A workspace of one thread. */
final class PosteriorRule {
    /** Step in φ, of differences of its score. */
    private static final double STEP = 0x1p-17;

    private final NestedPoint point;
    private final NestedRows rows;
    private final ClusterMode mode;
    private final ClusterGrid grid;
    private final double[] eta;
    private final double[] density;
    private final int order;
    private final int n;
    private final double[] moved;
    /** v with a one before it, 1 + path. */
    private final double[] along;
    /** E ℓ′(1, v) of each row, 1 + path. */
    private final double[] slope;
    /** −E ℓ″(1, v)(1, v)ᵀ of each row, (1 + path)². */
    private final double[] weight;
    /** {@code −E ∂ℓ′/∂φ (1, v)} of each row, auxiliaries × (1 + path). */
    private final double[] cross;
    /** Place of each entry of Λ in the path: its row and its column; depth by depth, row by row. */
    private final int[] rowOf;

    private final int[] columnOf;

    PosteriorRule(NestedPoint point, Grid[] grids, double[] eta, double[] density) {
        this.point = point;
        this.rows = point.rows;
        this.mode = new ClusterMode(point);
        this.grid = new ClusterGrid(point, grids, eta, density);
        this.eta = eta;
        this.density = density;
        this.order = rows.auxiliaries > 0 ? 3 : 2;
        this.n = rows.n;
        this.moved = new double[rows.auxiliaries];
        int most = rows.mostRows();
        int k = 1 + rows.path;
        this.along = new double[k];
        this.slope = new double[most * k];
        this.weight = new double[most * k * k];
        this.cross = new double[most * rows.auxiliaries * k];
        int entries = entries(rows);
        this.rowOf = new int[entries];
        this.columnOf = new int[entries];
        int at = 0;
        for (int l = 0; l < rows.depths; l++) {
            for (int i = 0; i < rows.width[l] * rows.width[l]; i++, at++) {
                rowOf[at] = rows.above[l] + i / rows.width[l];
                columnOf[at] = rows.above[l] + i % rows.width[l];
            }
        }
    }

    /** Entries of Λ of all depths. */
    static int entries(NestedRows rows) {
        int out = 0;
        for (int w : rows.width) {
            out += w * w;
        }
        return out;
    }

    /** Adds the moments of cluster c; false where they cannot be computed. */
    boolean add(int c, PosteriorSums sums) {
        if (!mode.find(c) || !Double.isFinite(grid.logLikelihood(c, point.curvature))) {
            return false;
        }
        grid.probabilities(c);
        for (int l = 0; l < rows.depths; l++) {
            addSecond(l, c, sums.second[l]);
        }
        int last = rows.depths - 1;
        boolean possible = true;
        for (int unit = rows.first(last, c); possible && unit < rows.first(last, c + 1); unit++) {
            possible = addUnit(unit, c, sums);
        }
        return possible;
    }

    private void addSecond(int l, int c, double[] out) {
        int q = rows.width[l];
        int columns = rows.above[l + 1];
        int count = (rows.first(l, c + 1) - rows.first(l, c)) * grid.paths[l];
        for (int j = 0; j < count; j++) {
            int at = j * columns + rows.above[l];
            for (int a = 0; a < q; a++) {
                double wv = grid.probability[l][j] * grid.position[l][at + a];
                for (int b = 0; b < q; b++) {
                    out[a * q + b] += wv * grid.position[l][at + b];
                }
            }
        }
    }

    private boolean addUnit(int unit, int c, PosteriorSums sums) {
        int last = rows.depths - 1;
        int from = rows.child[last][unit];
        int count = rows.child[last][unit + 1] - from;
        Arrays.fill(slope, 0);
        Arrays.fill(weight, 0);
        Arrays.fill(cross, 0);
        for (int j = 0; j < grid.paths[last]; j++) {
            int leaf = (unit - rows.first(last, c)) * grid.paths[last] + j;
            double probability = grid.probability[last][leaf];
            if (probability > 0 && !addNode(from, count, leaf, probability, sums)) {
                return false;
            }
        }
        for (int i = 0; i < count; i++) {
            addRow(from + i, i, sums);
        }
        return true;
    }

    /** Adds a node to the sums of each row, and what is in φ alone. */
    private boolean addNode(int from, int count, int leaf, double probability, PosteriorSums sums) {
        int path = rows.path;
        double[] v = grid.position[rows.depths - 1];
        for (int i = from; i < from + count; i++) {
            double sum = point.xb[i];
            for (int a = 0; a < path; a++) {
                sum += point.d[i * path + a] * v[leaf * path + a];
            }
            eta[i] = sum;
        }
        if (!rows.family.logDensity(from, from + count, eta, point.phi, order, density)) {
            return false;
        }
        along[0] = 1;
        System.arraycopy(v, leaf * path, along, 1, path);
        int size = along.length;
        for (int i = 0; i < count; i++) {
            double s = probability * density[n + from + i];
            double w = -probability * density[2 * n + from + i];
            for (int a = 0; a < size; a++) {
                slope[i * size + a] += s * along[a];
                for (int b = 0; b <= a; b++) {
                    weight[(i * size + a) * size + b] += w * along[a] * along[b];
                }
            }
        }
        int m = sums.score.length;
        for (int k = 0; k < rows.auxiliaries; k++) {
            double own = 0;
            for (int i = 0; i < count; i++) {
                own += density[(4 + 3 * k) * n + from + i];
                double d = probability * density[(5 + 3 * k) * n + from + i];
                for (int a = 0; a < size; a++) {
                    cross[(i * rows.auxiliaries + k) * size + a] -= d * along[a];
                }
            }
            sums.score[rows.p + k] += probability * own;
        }
        for (int k = 0; k < rows.auxiliaries; k++) {
            System.arraycopy(point.phi, 0, moved, 0, moved.length);
            double step = STEP * Math.max(1, Math.abs(moved[k]));
            for (int sign = -1; sign <= 1; sign += 2) {
                moved[k] = point.phi[k] + sign * step;
                if (!rows.family.logDensity(from, from + count, eta, moved, order, density)) {
                    return false;
                }
                for (int r = 0; r < rows.auxiliaries; r++) {
                    double there = 0;
                    for (int i = from; i < from + count; i++) {
                        there += density[(4 + 3 * r) * n + i];
                    }
                    int at = (rows.p + Math.max(k, r)) * m + rows.p + Math.min(k, r);
                    sums.information[at] -= probability * sign * there / (2 * step) * (k == r ? 1 : 0.5);
                }
            }
        }
        return true;
    }

    private void addRow(int row, int i, PosteriorSums sums) {
        int p = rows.p;
        int size = along.length;
        int m = sums.score.length;
        int first = p + rows.auxiliaries;
        for (int j = 0; j < m; j++) {
            if (j >= p && j < first) {
                continue;
            }
            double x = regressor(row, j, first);
            int a = place(j, first);
            sums.score[j] += slope[i * size + a] * x;
            for (int k = 0; k <= j; k++) {
                if (k < p || k >= first) {
                    int b = place(k, first);
                    double w = weight[(i * size + Math.max(a, b)) * size + Math.min(a, b)];
                    sums.information[j * m + k] += w * x * regressor(row, k, first);
                }
            }
            for (int k = 0; k < rows.auxiliaries; k++) {
                int at = Math.max(j, p + k) * m + Math.min(j, p + k);
                sums.information[at] += cross[(i * rows.auxiliaries + k) * size + a] * x;
            }
        }
    }

    /** What coefficient j stands before in η, v apart. */
    private double regressor(int row, int j, int first) {
        return j < first ? rows.x(row, j) : rows.z[row * rows.path + rowOf[j - first]];
    }

    /** The entry of {@link #along} that coefficient j stands before. */
    private int place(int j, int first) {
        return j < first ? 0 : 1 + columnOf[j - first];
    }
}
