package henderson.equations.generalized;

/**
 * Solves with the {@code H} of one cluster from C and B of its units: {@link #push} every unit once its right-hand side is
 * complete, the innermost first, then {@link #substitute}. A workspace of one thread.
 */
final class UnitSolver {
    private final NestedRows rows;
    private final Centre centre;
    /** Right-hand side along the path of the unit in hand at each depth, P + q. The caller clears and fills it. */
    final double[][] right;
    /** {@code H⁻¹ right} of the units of a cluster by depth, q each. */
    final double[][] solution;

    private final double[] work;

    UnitSolver(NestedRows rows, Centre centre) {
        this.rows = rows;
        this.centre = centre;
        this.right = new double[rows.depths][];
        this.solution = new double[rows.depths][];
        for (int l = 0; l < rows.depths; l++) {
            right[l] = new double[rows.above[l + 1]];
            solution[l] = new double[rows.mostUnits(l) * rows.width[l]];
        }
        this.work = new double[rows.path];
    }

    /** {@code D⁻¹g} of a unit into its solution, {@code g_u + Bᵀg} to its parent; {@code gᵀD⁻¹g}. */
    double push(int depth, int unit, int c) {
        int above = rows.above[depth];
        int q = rows.width[depth];
        double[] g = right[depth];
        double[] back = centre.back[depth];
        if (depth > 0) {
            double[] outer = right[depth - 1];
            for (int a = 0; a < above; a++) {
                double sum = g[a];
                for (int k = 0; k < q; k++) {
                    sum += back[(unit * q + k) * above + a] * g[above + k];
                }
                outer[a] += sum;
            }
        }
        int at = (unit - rows.first(depth, c)) * q;
        System.arraycopy(g, above, solution[depth], at, q);
        Small.timesSquare(centre.root[depth], unit * q * q, q, solution[depth], at, work);
        double sum = 0;
        for (int k = 0; k < q; k++) {
            sum += g[above + k] * solution[depth][at + k];
        }
        return sum;
    }

    /** From {@code D⁻¹g} of every unit of cluster c to the solution, the outermost first. */
    void substitute(int c) {
        for (int l = 1; l < rows.depths; l++) {
            int first = rows.first(l, c);
            for (int unit = first; unit < rows.first(l, c + 1); unit++) {
                addAncestors(l, unit, first, c);
            }
        }
    }

    private void addAncestors(int depth, int unit, int first, int c) {
        int q = rows.width[depth];
        int above = rows.above[depth];
        gather(depth, unit, c, work);
        double[] back = centre.back[depth];
        for (int k = 0; k < q; k++) {
            double sum = 0;
            for (int a = 0; a < above; a++) {
                sum += back[(unit * q + k) * above + a] * work[a];
            }
            solution[depth][(unit - first) * q + k] += sum;
        }
    }

    /** The solution of a unit's ancestors, along the path. {@code out} is modified. */
    void gather(int depth, int unit, int c, double[] out) {
        int at = unit;
        for (int l = depth - 1; l >= 0; l--) {
            at = rows.parent[l][at];
            int q = rows.width[l];
            System.arraycopy(solution[l], (at - rows.first(l, c)) * q, out, rows.above[l], q);
        }
    }
}
