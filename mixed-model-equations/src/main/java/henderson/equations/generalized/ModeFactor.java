package henderson.equations.generalized;

/**
 * {@code H} of one cluster from derivatives of its rows, eliminated from the innermost units outwards, theory (109) to (111). A
 * workspace of one thread.
 */
final class ModeFactor {
    private final NestedPoint point;
    private final NestedRows rows;
    private final int n;
    private final int path;
    /** M of the unit being eliminated at each depth, P × P. */
    private final double[][] matrix;

    private final UnitSolver solver;
    private final double[] work;
    private final double[] spare;
    private boolean fisher;
    private double decrement;

    ModeFactor(NestedPoint point, UnitSolver solver) {
        this.point = point;
        this.rows = point.rows;
        this.n = rows.n;
        this.path = rows.path;
        this.solver = solver;
        this.matrix = new double[rows.depths][];
        for (int l = 0; l < rows.depths; l++) {
            matrix[l] = new double[rows.above[l + 1] * rows.above[l + 1]];
        }
        this.work = new double[path];
        this.spare = new double[path];
    }

    /** What Newton's step promises h to fall by. */
    double decrement() {
        return decrement;
    }

    /**
     * Factors H, leaves {@code D⁻¹g} of each unit in the solver, and the decrement.
     *
     * @param expected whether expected information is taken for the observed one
     * @return false where H is not positive
     */
    boolean of(int c, boolean expected) {
        fisher = expected;
        decrement = 0;
        return eliminated(0, c, c);
    }

    private boolean eliminated(int depth, int unit, int c) {
        double[] m = matrix[depth];
        double[] g = solver.right[depth];
        int above = rows.above[depth];
        int columns = rows.above[depth + 1];
        int q = columns - above;
        java.util.Arrays.fill(m, 0);
        java.util.Arrays.fill(g, 0);
        int from = rows.child[depth][unit];
        int to = rows.child[depth][unit + 1];
        if (depth < rows.depths - 1) {
            for (int s = from; s < to; s++) {
                if (!eliminated(depth + 1, s, c)) {
                    return false;
                }
            }
        } else {
            addRows(from, to, m, g);
        }
        for (int a = 0; a < q; a++) {
            m[(above + a) * columns + above + a] += 1;
            g[above + a] -= point.mode[depth][unit * q + a];
        }
        double[] root = point.curvature.root[depth];
        double log = Small.inverseRoot(m, above * columns + above, columns, q, root, unit * q * q);
        if (Double.isNaN(log)) {
            return false;
        }
        point.curvature.logRoot[depth][unit] = -log / 2;
        toParent(depth, unit, c);
        return true;
    }

    /** {@code M += Σ W_i d_i d_iᵀ}, {@code g += Σ ℓ′_i d_i}. */
    private void addRows(int from, int to, double[] m, double[] g) {
        double[] density = point.density;
        double[] d = point.d;
        if (path == 2) {
            addPairs(from, to, m, g);
            return;
        }
        for (int i = from; i < to; i++) {
            double w = weight(i);
            double slope = density[n + i];
            for (int a = 0; a < path; a++) {
                double da = d[i * path + a];
                g[a] += slope * da;
                for (int b = 0; b <= a; b++) {
                    m[a * path + b] += w * da * d[i * path + b];
                }
            }
        }
        for (int a = 0; a < path; a++) {
            for (int b = 0; b < a; b++) {
                m[b * path + a] = m[a * path + b];
            }
        }
    }

    /** Rows of two columns, written out. */
    private void addPairs(int from, int to, double[] m, double[] g) {
        double[] d = point.d;
        double g0 = 0;
        double g1 = 0;
        double m00 = 0;
        double m10 = 0;
        double m11 = 0;
        for (int i = from; i < to; i++) {
            double w = weight(i);
            double slope = point.density[n + i];
            double d0 = d[2 * i];
            double d1 = d[2 * i + 1];
            g0 += slope * d0;
            g1 += slope * d1;
            m00 += w * d0 * d0;
            m10 += w * d1 * d0;
            m11 += w * d1 * d1;
        }
        g[0] += g0;
        g[1] += g1;
        m[0] += m00;
        m[1] += m10;
        m[2] += m10;
        m[3] += m11;
    }

    private double weight(int i) {
        return fisher ? rows.family.fisher(i, point.eta[i], point.phi) : -point.density[2 * n + i];
    }

    /** B of a unit; its Schur complement and right-hand side go to its parent. */
    private void toParent(int depth, int unit, int c) {
        double[] m = matrix[depth];
        int above = rows.above[depth];
        int columns = rows.above[depth + 1];
        int q = columns - above;
        double[] root = point.curvature.root[depth];
        double[] back = point.curvature.back[depth];
        for (int a = 0; a < above; a++) {
            for (int k = 0; k < q; k++) {
                work[k] = -m[a * columns + above + k];
            }
            Small.timesSquare(root, unit * q * q, q, work, 0, spare);
            for (int k = 0; k < q; k++) {
                back[(unit * q + k) * above + a] = work[k];
            }
        }
        if (depth > 0) {
            double[] parent = matrix[depth - 1];
            for (int a = 0; a < above; a++) {
                for (int b = 0; b < above; b++) {
                    double sum = m[a * columns + b];
                    for (int k = 0; k < q; k++) {
                        sum += m[a * columns + above + k] * back[(unit * q + k) * above + b];
                    }
                    parent[a * above + b] += sum;
                }
            }
        }
        decrement += solver.push(depth, unit, c) / 2;
    }
}
