package henderson.equations.generalized;

import java.util.Arrays;

/**
 * Posterior means and covariances of one cluster by its own quadrature, the centre they make, and the way back: derivatives by
 * (m, B, C) of a fixed point as derivatives by positions and probabilities of the nodes, theory (120) to (123). A workspace of
 * one thread.
 */
final class MomentAdjoint {
    private final NestedRows rows;
    private final ClusterGrid grid;
    /** Covariance along the path to each unit, (P + q)², local. */
    private final double[][] covariance;
    /** Its Cholesky factor. */
    private final double[][] factor;
    /** Mean along the path to each unit, P + q. */
    private final double[][] mean;
    /** Derivative by the covariance along the path, symmetric. */
    private final double[][] bar;
    /** Derivative by the means of each unit, q. */
    private final double[][] meanBar;
    /** Sum of f below each unit and path, then its conditional expectation given the path. */
    private final double[][] below;
    /** Weights of the paths. */
    final double[][] weight;

    private final double[] work;
    private final double[] a;
    private final double[] b;
    private final double[] dev;

    MomentAdjoint(NestedRows rows, ClusterGrid grid) {
        this.rows = rows;
        this.grid = grid;
        int depths = rows.depths;
        this.covariance = new double[depths][];
        this.factor = new double[depths][];
        this.mean = new double[depths][];
        this.bar = new double[depths][];
        this.meanBar = new double[depths][];
        this.below = new double[depths][];
        this.weight = new double[depths][];
        for (int l = 0; l < depths; l++) {
            int units = rows.mostUnits(l);
            int columns = rows.above[l + 1];
            covariance[l] = new double[units * columns * columns];
            factor[l] = new double[units * columns * columns];
            mean[l] = new double[units * columns];
            bar[l] = new double[units * columns * columns];
            meanBar[l] = new double[units * rows.width[l]];
            below[l] = new double[units * grid.paths[l]];
            weight[l] = new double[units * grid.paths[l]];
        }
        this.work = new double[rows.path];
        this.a = new double[rows.path * rows.path];
        this.b = new double[rows.path * rows.path];
        this.dev = new double[rows.path];
    }

    /**
     * The centre of the posterior moments at the present probabilities; false where a covariance is not positive definite.
     *
     * @param out set for the units of cluster c. Modified.
     */
    boolean centre(int c, Centre out) {
        for (int l = 0; l < rows.depths; l++) {
            for (int unit = rows.first(l, c); unit < rows.first(l, c + 1); unit++) {
                moments(l, unit, c);
                if (!toCentre(l, unit, c, out)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void moments(int l, int unit, int c) {
        int q = rows.width[l];
        int above = rows.above[l];
        int columns = above + q;
        int local = unit - rows.first(l, c);
        int m = local * columns;
        int s = local * columns * columns;
        if (l > 0) {
            int parent = rows.parent[l - 1][unit] - rows.first(l - 1, c);
            System.arraycopy(mean[l - 1], parent * above, mean[l], m, above);
            for (int i = 0; i < above; i++) {
                int from = parent * above * above + i * above;
                System.arraycopy(covariance[l - 1], from, covariance[l], s + i * columns, above);
            }
        }
        Arrays.fill(mean[l], m + above, m + columns, 0);
        for (int i = above; i < columns; i++) {
            Arrays.fill(covariance[l], s + i * columns, s + (i + 1) * columns, 0);
        }
        double[] at = grid.position[l];
        double[] p = grid.probability[l];
        int first = local * grid.paths[l];
        for (int j = first; j < first + grid.paths[l]; j++) {
            for (int i = above; i < columns; i++) {
                mean[l][m + i] += p[j] * at[j * columns + i];
            }
        }
        for (int j = first; j < first + grid.paths[l]; j++) {
            for (int i = above; i < columns; i++) {
                double f = p[j] * (at[j * columns + i] - mean[l][m + i]);
                for (int k = 0; k <= i; k++) {
                    covariance[l][s + i * columns + k] += f * (at[j * columns + k] - mean[l][m + k]);
                }
            }
        }
        for (int i = above; i < columns; i++) {
            for (int k = 0; k < i; k++) {
                covariance[l][s + k * columns + i] = covariance[l][s + i * columns + k];
            }
        }
    }

    /** The lower Cholesky factor of the whole path holds both: C is its last block, {@code B = L_oa L_aa⁻¹}. */
    private boolean toCentre(int l, int unit, int c, Centre out) {
        int q = rows.width[l];
        int above = rows.above[l];
        int columns = above + q;
        int local = unit - rows.first(l, c);
        int s = local * columns * columns;
        double[] f = factor[l];
        if (!Small.cholesky(covariance[l], s, columns, f, s)) {
            return false;
        }
        for (int i = 0; i < q; i++) {
            int row = s + (above + i) * columns;
            out.location[l][unit * q + i] = mean[l][local * columns + above + i];
            for (int k = 0; k < q; k++) {
                out.root[l][(unit * q + i) * q + k] = f[row + above + k];
            }
            System.arraycopy(f, row, work, 0, above);
            for (int k = above - 1; k >= 0; k--) { // x L_aa = row
                double sum = work[k];
                for (int m = k + 1; m < above; m++) {
                    sum -= work[m] * f[s + m * columns + k];
                }
                work[k] = sum / f[s + k * columns + k];
            }
            System.arraycopy(work, 0, out.back[l], (unit * q + i) * above, above);
        }
        out.setLogRoot(l, unit, q);
        return true;
    }

    /** Derivatives by the covariance along each path from those by (m, B, C), theory (122). */
    void fromCentre(int c, Centre centre, CentreAdjoint adjoint) {
        for (int l = 0; l < rows.depths; l++) {
            for (int unit = rows.first(l, c); unit < rows.first(l, c + 1); unit++) {
                int local = unit - rows.first(l, c);
                int q = rows.width[l];
                System.arraycopy(adjoint.location[l], local * q, meanBar[l], local * q, q);
                ofUnit(l, unit, local, centre, adjoint);
            }
        }
    }

    private void ofUnit(int l, int unit, int local, Centre centre, CentreAdjoint adjoint) {
        int q = rows.width[l];
        int above = rows.above[l];
        int columns = above + q;
        int s = local * columns * columns;
        double[] root = centre.root[l];
        double[] back = centre.back[l];
        int own = unit * q * q;
        // a = Q, the lower triangle of CᵀC̄ mirrored; then S̄ = ½ C⁻ᵀ Q C⁻¹
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < q; k++) {
                    sum += root[own + k * q + i] * adjoint.root[l][(local * q + k) * q + j];
                }
                a[i * q + j] = sum / 2;
                a[j * q + i] = sum / 2;
            }
        }
        for (int i = 0; i < q; i++) {
            Small.solveUpper(root, own, q, a, i, q); // columns
        }
        for (int i = 0; i < q; i++) {
            Small.solveUpper(root, own, q, a, i * q, 1); // rows
        }
        // b = B̄ Σ_aa⁻¹, q × P
        double[] f = factor[l];
        for (int i = 0; i < q; i++) {
            System.arraycopy(adjoint.back[l], (local * q + i) * above, b, i * above, above);
            for (int k = 0; k < above; k++) {
                double sum = b[i * above + k];
                for (int m = 0; m < k; m++) {
                    sum -= f[s + k * columns + m] * b[i * above + m];
                }
                b[i * above + k] = sum / f[s + k * columns + k];
            }
            for (int k = above - 1; k >= 0; k--) {
                double sum = b[i * above + k];
                for (int m = k + 1; m < above; m++) {
                    sum -= f[s + m * columns + k] * b[i * above + m];
                }
                b[i * above + k] = sum / f[s + k * columns + k];
            }
        }
        double[] out = bar[l];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                out[s + (above + i) * columns + above + j] = a[i * q + j];
            }
            for (int k = 0; k < above; k++) {
                double sum = b[i * above + k] / 2;
                for (int j = 0; j < q; j++) {
                    sum -= a[i * q + j] * back[(unit * q + j) * above + k];
                }
                out[s + (above + i) * columns + k] = sum;
                out[s + k * columns + above + i] = sum;
            }
        }
        for (int i = 0; i < above; i++) {
            for (int k = 0; k < above; k++) {
                double sum = 0;
                for (int j = 0; j < q; j++) {
                    double bi = back[(unit * q + j) * above + i];
                    double bk = back[(unit * q + j) * above + k];
                    sum -= (bi * b[j * above + k] + bk * b[j * above + i]) / 2;
                    for (int m = 0; m < q; m++) {
                        sum += bi * a[j * q + m] * back[(unit * q + m) * above + k];
                    }
                }
                out[s + i * columns + k] = sum;
            }
        }
    }

    /** Derivatives by the positions of a unit's paths. {@code byPosition} is modified. */
    void addDirect(int l, int local, double[] position, double[] probability, double[] byPosition) {
        int q = rows.width[l];
        int above = rows.above[l];
        int columns = above + q;
        int first = local * grid.paths[l];
        for (int j = first; j < first + grid.paths[l]; j++) {
            deviation(l, local, position, j);
            for (int i = 0; i < columns; i++) {
                double sum = i < above ? 0 : meanBar[l][local * q + i - above];
                for (int k = 0; k < columns; k++) {
                    sum += 2 * bar[l][(local * columns + i) * columns + k] * dev[k];
                }
                byPosition[j * columns + i] += probability[j] * sum;
            }
        }
    }

    private void deviation(int l, int local, double[] position, int j) {
        int columns = rows.above[l + 1];
        for (int i = 0; i < columns; i++) {
            dev[i] = position[j * columns + i] - mean[l][local * columns + i];
        }
    }

    /** Weights {@code p(1 + E[F | path] − E F)}, theory (123). */
    void weights(int c) {
        for (int l = rows.depths - 1; l >= 0; l--) {
            for (int unit = rows.first(l, c); unit < rows.first(l, c + 1); unit++) {
                functions(l, unit - rows.first(l, c));
                if (l < rows.depths - 1) {
                    addChildren(l, unit, c);
                }
            }
        }
        double all = 0;
        for (int j = 0; j < grid.paths[0]; j++) {
            all += grid.probability[0][j] * below[0][j];
        }
        for (int l = 0; l < rows.depths; l++) {
            for (int unit = rows.first(l, c); unit < rows.first(l, c + 1); unit++) {
                int local = unit - rows.first(l, c);
                if (l > 0) {
                    given(l, unit, local, c);
                }
                for (int j = local * grid.paths[l]; j < (local + 1) * grid.paths[l]; j++) {
                    weight[l][j] = grid.probability[l][j] * (1 + below[l][j] - all);
                }
            }
        }
    }

    /** f of a unit at each path: {@code m̄ᵀv + (v − μ)ᵀΣ̄(v − μ)}. */
    private void functions(int l, int local) {
        int q = rows.width[l];
        int above = rows.above[l];
        int columns = above + q;
        for (int j = local * grid.paths[l]; j < (local + 1) * grid.paths[l]; j++) {
            deviation(l, local, grid.position[l], j);
            double sum = 0;
            for (int i = 0; i < columns; i++) {
                double row = 0;
                for (int k = 0; k < columns; k++) {
                    row += bar[l][(local * columns + i) * columns + k] * dev[k];
                }
                sum += row * dev[i] + (i < above ? 0 : meanBar[l][local * q + i - above] * dev[i]);
            }
            below[l][j] = sum;
        }
    }

    /** Adds the conditional expectations of a unit's children at each of its paths. */
    private void addChildren(int l, int unit, int c) {
        int local = unit - rows.first(l, c);
        int size = grid.paths[l + 1] / grid.paths[l];
        for (int s = rows.child[l][unit]; s < rows.child[l][unit + 1]; s++) {
            int child = (s - rows.first(l + 1, c)) * grid.paths[l + 1];
            for (int j = 0; j < grid.paths[l]; j++) {
                below[l][local * grid.paths[l] + j] += expectation(l, local, child, j, size);
            }
        }
    }

    /** Expectation of what is below a child, given path j of its parent. */
    private double expectation(int l, int local, int child, int j, int size) {
        double sum = 0;
        double total = grid.probability[l][local * grid.paths[l] + j];
        for (int k = j * size; k < (j + 1) * size; k++) {
            sum += grid.probability[l + 1][child + k] * below[l + 1][child + k];
        }
        return total > 0 ? sum / total : 0;
    }

    /** From what is below a unit to the expectation of everything, given the unit's path. */
    private void given(int l, int unit, int local, int c) {
        int size = grid.paths[l] / grid.paths[l - 1];
        int parent = rows.parent[l - 1][unit] - rows.first(l - 1, c);
        for (int j = 0; j < grid.paths[l - 1]; j++) {
            double rest = below[l - 1][parent * grid.paths[l - 1] + j]
                    - expectation(l - 1, parent, local * grid.paths[l], j, size);
            for (int k = j * size; k < (j + 1) * size; k++) {
                below[l][local * grid.paths[l] + k] += rest;
            }
        }
    }
}
