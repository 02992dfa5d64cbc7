package henderson.linalg;

/** Steps with many own columns, handed to the dense backend in rows of their own. */
final class LargeSteps {
    private final FactorLayout layout;
    private final Elimination e;
    private final double[] panels;
    private final DenseBackend backend = DenseBackend.get();
    /** Rows of a large step, own × width; null for the others. */
    private final double[][][] rows;
    /** Rows of the inverse of a step that the backend inverts, own × own; null for the others. */
    private final double[][][] inverseRows;

    /** Entries the backend wants for the largest inverse. */
    final int workspace;

    LargeSteps(FactorLayout layout, double[] panels) {
        this.layout = layout;
        this.e = layout.e;
        this.panels = panels;
        this.rows = new double[e.steps()][][];
        this.inverseRows = new double[e.steps()][][];
        for (int s = 0; s < e.steps(); s++) {
            if (layout.large(s)) {
                rows[s] = new double[e.columns[s]][e.width(s)];
            }
            if (layout.invertedDense(s)) {
                inverseRows[s] = new double[e.columns[s]][e.columns[s]];
            }
        }
        this.workspace = layout.maxDense == 0 ? 0 : backend.inverseWorkspace(layout.maxDense);
    }

    double[][] inverseRows(int s) {
        return inverseRows[s];
    }

    /** {@code [M_ss | M_sS | B_s] → [R_ss | R_sS | K_s]} in place; false where M_ss is not positive definite. */
    boolean factor(int s) {
        int n = e.columns[s];
        int width = e.width(s);
        if (diagonal(s)) {
            return factorDiagonal(s);
        }
        for (int i = 0; i < n; i++) {
            System.arraycopy(panels, e.panel[s] + i * width, rows[s][i], 0, width);
        }
        if (!backend.cholesky(rows[s], n, width)) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows[s][i], i, panels, e.panel[s] + i * width + i, width - i);
        }
        return true;
    }

    /** Whether M_ss is diagonal, as where a variance is zero. */
    private boolean diagonal(int s) {
        int n = e.columns[s];
        int width = e.width(s);
        for (int i = 0; i < n; i++) {
            int row = e.panel[s] + i * width;
            for (int j = i + 1; j < n; j++) {
                if (panels[row + j] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean factorDiagonal(int s) {
        int n = e.columns[s];
        int width = e.width(s);
        for (int i = 0; i < n; i++) {
            int row = e.panel[s] + i * width;
            double pivot = panels[row + i];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return false;
            }
            double scale = 1 / Math.sqrt(pivot);
            panels[row + i] *= scale;
            for (int c = n; c < width; c++) {
                panels[row + c] *= scale;
            }
        }
        return true;
    }

    /** {@code (RᵀR)⁻¹} of a step without reach. {@code inverse} and {@code work} are modified. */
    void invert(int s, double[] inverse, double[] work) {
        int n = e.columns[s];
        int width = e.width(s);
        for (int i = 0; i < n; i++) {
            System.arraycopy(panels, e.panel[s] + i * width + i, rows[s][i], i, n - i);
        }
        backend.inverse(rows[s], n, inverseRows[s], work);
        for (int i = 0; i < n; i++) {
            System.arraycopy(inverseRows[s][i], 0, inverse, layout.inversePanel[s] + i * n, n);
        }
    }
}
