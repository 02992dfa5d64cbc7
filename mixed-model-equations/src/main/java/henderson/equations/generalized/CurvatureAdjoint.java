package henderson.equations.generalized;

import java.util.Arrays;

/**
 * From derivatives by mode and curvature of one cluster to those by (β, Λ, φ), theory (112) to (115): the mode moves, and
 * with it the curvature through third derivatives. A workspace of one thread.
 */
final class CurvatureAdjoint {
    private final NestedPoint point;
    private final NestedRows rows;
    private final int n;
    private final int path;
    private final UnitSolver solver;
    /** M̄ along the path of the unit in hand at each depth. */
    private final double[][] matrix;
    /** {@code c_i = d_iᵀM̄d_i}, rows of a cluster. */
    private final double[] quadratic;
    /** The part of each row's derivative by η, rows of a leaf. */
    private final double[] turn;
    /** First row of the leaf. */
    private int base;
    /** {@code M̄d_i}, rows of a cluster × path. */
    private final double[] image;
    /** Blocks of at most path × path. */
    private final double[] inverse;

    private final double[] product;
    private final double[] q1;
    private final double[] along;
    private final double[] modes;

    CurvatureAdjoint(NestedPoint point) {
        this.point = point;
        this.rows = point.rows;
        this.n = rows.n;
        this.path = rows.path;
        this.solver = new UnitSolver(rows, point.curvature);
        this.matrix = new double[rows.depths][];
        for (int l = 0; l < rows.depths; l++) {
            matrix[l] = new double[rows.above[l + 1] * rows.above[l + 1]];
        }
        int most = rows.mostRows();
        this.quadratic = new double[most];
        this.turn = new double[rows.mostLeafRows()];
        this.image = new double[most * path];
        this.inverse = new double[path * path];
        this.product = new double[path * path];
        this.q1 = new double[path * path];
        this.along = new double[path];
        this.modes = new double[path];
    }

    /** Clusters of a leaf follow, the first being c. */
    void begin(int c) {
        base = rows.firstRow(c);
    }

    /** What belongs to the columns of X is added, once for all clusters before c. */
    void end(int c, Sums sums) {
        rows.addByColumns(base, rows.firstRow(c) - base, turn, sums.byBeta);
    }

    /**
     * Adds to the derivatives of cluster c; densities with three derivatives must stand at the mode.
     *
     * @param plain whether rows enter at the mode itself too, as they do for Laplace
     */
    void pull(int c, CentreAdjoint adjoint, boolean plain, Sums sums) {
        if (rows.depths == 1 && path <= 1) {
            pullScalar(c, adjoint, plain, sums);
            return;
        }
        descend(0, c, c, adjoint);
        solver.substitute(c);
        ascend(0, c, c, plain, sums);
    }

    /** One random effect per cluster, or none. */
    private void pullScalar(int c, CentreAdjoint adjoint, boolean plain, Sums sums) {
        int from = rows.firstRow(c);
        int to = rows.firstRow(c + 1);
        double moved = 0;
        double bar = 0;
        if (path == 1) {
            double root = point.curvature.root[0][c];
            double[] d = point.d;
            bar = -root * root * root * adjoint.root[0][0] / 2;
            double g = adjoint.location[0][0];
            for (int i = from; i < to; i++) {
                g -= point.density[3 * n + i] * bar * d[i] * d[i] * d[i];
            }
            moved = root * root * g;
            addScalarRows(from, to, plain, bar, moved, point.mode[0][c], sums);
        } else if (plain) {
            System.arraycopy(point.density, n + from, turn, from - base, to - from);
        } else {
            Arrays.fill(turn, from - base, to - base, 0);
        }
        for (int k = 0; k < sums.byPhi.length; k++) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                int block = (4 + 3 * k) * n + i;
                double d = path == 1 ? point.d[i] : 0;
                sum += (plain ? point.density[block] : 0)
                        + moved * d * point.density[block + n]
                        - bar * d * d * point.density[block + 2 * n];
            }
            sums.byPhi[k] += sum;
        }
    }

    private void descend(int depth, int unit, int c, CentreAdjoint adjoint) {
        ofMatrix(depth, unit, unit - rows.first(depth, c), adjoint);
        double[] g = solver.right[depth];
        Arrays.fill(g, 0);
        int from = rows.child[depth][unit];
        int to = rows.child[depth][unit + 1];
        if (depth < rows.depths - 1) {
            for (int s = from; s < to; s++) {
                descend(depth + 1, s, c, adjoint);
            }
        } else {
            ofRows(from, to, rows.firstRow(c), matrix[depth], g);
        }
        int q = rows.width[depth];
        int at = (unit - rows.first(depth, c)) * q;
        for (int k = 0; k < q; k++) {
            g[rows.above[depth] + k] += adjoint.location[depth][at + k];
        }
        solver.push(depth, unit, c);
    }

    /** M̄ of a unit from that of its parent (its Schur complement's), B̄ and C̄; theory (113). */
    private void ofMatrix(int depth, int unit, int local, CentreAdjoint adjoint) {
        int above = rows.above[depth];
        int columns = rows.above[depth + 1];
        int q = columns - above;
        double[] out = matrix[depth];
        double[] root = point.curvature.root[depth];
        double[] back = point.curvature.back[depth];
        int own = unit * q * q;
        ofRoot(root, own, q, adjoint.root[depth], local * q * q, out, above * columns + above, columns);
        if (depth == 0) {
            return;
        }
        double[] parent = matrix[depth - 1];
        // q1 = D⁻¹B̄, q × P
        for (int a = 0; a < above; a++) {
            for (int k = 0; k < q; k++) {
                along[k] = adjoint.back[depth][(local * q + k) * above + a];
            }
            Small.timesSquare(root, own, q, along, 0, modes);
            for (int k = 0; k < q; k++) {
                q1[k * above + a] = along[k];
            }
        }
        for (int a = 0; a < above; a++) {
            System.arraycopy(parent, a * above, out, a * columns, above);
            for (int k = 0; k < q; k++) {
                double sum = 0;
                for (int b = 0; b < above; b++) {
                    sum += back[(unit * q + k) * above + b] * parent[b * above + a];
                }
                product[k * above + a] = sum; // B S̄
                double half = sum - q1[k * above + a] / 2;
                out[(above + k) * columns + a] = half;
                out[a * columns + above + k] = half;
            }
        }
        for (int j = 0; j < q; j++) {
            for (int k = 0; k < q; k++) {
                double sum = 0;
                for (int a = 0; a < above; a++) {
                    double bj = back[(unit * q + j) * above + a];
                    double bk = back[(unit * q + k) * above + a];
                    sum += product[j * above + a] * bk - (q1[j * above + a] * bk + q1[k * above + a] * bj) / 2;
                }
                out[(above + j) * columns + above + k] += sum;
            }
        }
    }

    /** {@code −½ C Q Cᵀ}, Q the lower triangle of {@code CᵀC̄} mirrored: the derivative by {@code D = (CCᵀ)⁻¹}. */
    private void ofRoot(double[] c, int own, int q, double[] bar, int at, double[] out, int to, int stride) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < q; k++) {
                    sum += c[own + k * q + i] * bar[at + k * q + j];
                }
                product[i * q + j] = sum;
                product[j * q + i] = sum;
            }
        }
        for (int i = 0; i < q; i++) { // inverse = C Q
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = 0; k <= i; k++) {
                    sum += c[own + i * q + k] * product[k * q + j];
                }
                inverse[i * q + j] = sum;
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += inverse[i * q + k] * c[own + j * q + k];
                }
                out[to + i * stride + j] = -sum / 2;
            }
        }
    }

    private void ofRows(int from, int to, int first, double[] bar, double[] g) {
        double[] d = point.d;
        if (path == 2) {
            ofPairs(from, to, first, bar, g);
            return;
        }
        for (int i = from; i < to; i++) {
            double form = 0;
            for (int a = 0; a < path; a++) {
                double sum = 0;
                for (int b = 0; b < path; b++) {
                    sum += bar[a * path + b] * d[i * path + b];
                }
                image[(i - first) * path + a] = sum;
                form += sum * d[i * path + a];
            }
            quadratic[i - first] = form;
            double t = -point.density[3 * n + i] * form;
            for (int a = 0; a < path; a++) {
                g[a] += t * d[i * path + a];
            }
        }
    }

    /** Rows of two columns, written out. */
    private void ofPairs(int from, int to, int first, double[] bar, double[] g) {
        double[] d = point.d;
        double g0 = 0;
        double g1 = 0;
        for (int i = from; i < to; i++) {
            double d0 = d[2 * i];
            double d1 = d[2 * i + 1];
            double m0 = bar[0] * d0 + bar[1] * d1;
            double m1 = bar[2] * d0 + bar[3] * d1;
            int at = i - first;
            image[2 * at] = m0;
            image[2 * at + 1] = m1;
            double form = m0 * d0 + m1 * d1;
            quadratic[at] = form;
            double t = -point.density[3 * n + i] * form;
            g0 += t * d0;
            g1 += t * d1;
        }
        g[0] += g0;
        g[1] += g1;
    }

    private void ascend(int depth, int unit, int c, boolean plain, Sums sums) {
        int q = rows.width[depth];
        int at = (unit - rows.first(depth, c)) * q;
        System.arraycopy(solver.solution[depth], at, along, rows.above[depth], q);
        System.arraycopy(point.mode[depth], unit * q, modes, rows.above[depth], q);
        int from = rows.child[depth][unit];
        int to = rows.child[depth][unit + 1];
        for (int s = from; s < to && depth < rows.depths - 1; s++) {
            ascend(depth + 1, s, c, plain, sums);
        }
        if (depth == rows.depths - 1) {
            addRows(from, to, rows.firstRow(c), plain, sums);
        }
    }

    /** Rows of one innermost unit, theory (115). */
    private void addRows(int from, int to, int first, boolean plain, Sums sums) {
        if (path == 2 && rows.depths == 1) {
            addPairRows(from, to, first, plain, sums);
        } else {
            addPathRows(from, to, first, plain, sums);
        }
        for (int k = 0; k < sums.byPhi.length; k++) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                int block = (4 + 3 * k) * n + i;
                sum += (plain ? point.density[block] : 0)
                        + moved(i) * point.density[block + n]
                        - quadratic[i - first] * point.density[block + 2 * n];
            }
            sums.byPhi[k] += sum;
        }
    }

    /** {@code aᵀd_i}. */
    private double moved(int i) {
        double sum = 0;
        for (int a = 0; a < path; a++) {
            sum += along[a] * point.d[i * path + a];
        }
        return sum;
    }

    private void addScalarRows(int from, int to, boolean plain, double bar, double a, double v, Sums sums) {
        double[] density = point.density;
        double byLambda = 0;
        for (int i = from; i < to; i++) {
            double d = point.d[i];
            double slope = density[n + i];
            double weight = -density[2 * n + i];
            double t = -density[3 * n + i] * bar * d * d - weight * a * d;
            double e = plain ? t + slope : t;
            turn[i - base] = e;
            byLambda += rows.z[i] * (e * v + slope * a + 2 * weight * bar * d);
        }
        sums.byLambda[0][0] += byLambda;
    }

    /** Two effects of one factor, written out. */
    private void addPairRows(int from, int to, int first, boolean plain, Sums sums) {
        double[] density = point.density;
        double[] z = rows.z;
        double a0 = along[0];
        double a1 = along[1];
        double s00 = 0;
        double s01 = 0;
        double s10 = 0;
        double s11 = 0;
        for (int i = from; i < to; i++) {
            int at = i - first;
            double slope = density[n + i];
            double weight = -density[2 * n + i];
            double moved = a0 * point.d[2 * i] + a1 * point.d[2 * i + 1];
            double e = -density[3 * n + i] * quadratic[at] - weight * moved + (plain ? slope : 0);
            double f0 = e * modes[0] + slope * a0 + 2 * weight * image[2 * at];
            double f1 = e * modes[1] + slope * a1 + 2 * weight * image[2 * at + 1];
            s00 += z[2 * i] * f0;
            s01 += z[2 * i] * f1;
            s10 += z[2 * i + 1] * f0;
            s11 += z[2 * i + 1] * f1;
            turn[i - base] = e;
        }
        double[] byLambda = sums.byLambda[0];
        byLambda[0] += s00;
        byLambda[1] += s01;
        byLambda[2] += s10;
        byLambda[3] += s11;
    }

    private void addPathRows(int from, int to, int first, boolean plain, Sums sums) {
        double[] density = point.density;
        for (int i = from; i < to; i++) {
            double slope = density[n + i];
            double weight = -density[2 * n + i];
            double e = -density[3 * n + i] * quadratic[i - first] - weight * moved(i) + (plain ? slope : 0);
            turn[i - base] = e;
            for (int l = 0; l < rows.depths; l++) {
                int above = rows.above[l];
                int q = rows.width[l];
                for (int k = 0; k < q; k++) {
                    double f = e * modes[above + k]
                            + slope * along[above + k]
                            + 2 * weight * image[(i - first) * path + above + k];
                    for (int j = 0; j < q; j++) {
                        sums.byLambda[l][j * q + k] += rows.z[i * path + above + j] * f;
                    }
                }
            }
        }
    }
}
