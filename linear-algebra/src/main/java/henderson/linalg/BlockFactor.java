package henderson.linalg;

import java.util.Arrays;

/**
 * The factor {@code R}, upper triangular with {@code M = RᵀR}, over an {@link Elimination}; a workspace sized at birth.
 * It is made by Cholesky from {@code M} or by rotations from rows; what follows is the same for either. Components are
 * independent: different threads may work on different components, each with a {@link Scratch} of its own.
 *
 * <p>A panel of step s is {@code [R_ss | R_sS | K_s]}: own columns, reach, border.
 */
public final class BlockFactor {
    /** Own columns from which a step is handed to the dense backend. */
    private static final int LARGE = 48;

    private final Elimination e;
    private final int border;
    private final DenseBackend backend = DenseBackend.get();
    /** All panels. */
    private final double[] panels;
    /** Selected inverse, the same layout without border. */
    private final double[] inverse;
    /** Offset of step s in {@code inverse}. */
    private final int[] inversePanel;
    /** First row of step s among all columns, in elimination order. */
    private final int[] rowOf;
    /** Row arrays of large steps, and for their inverse; null for the others. */
    private final double[][][] rows;

    private final double[][][] inverseRows;
    private final int maxColumns;
    private final int maxReach;
    private final int maxWidth;

    /** A workspace for a pattern. */
    public BlockFactor(Elimination elimination) {
        this.e = elimination;
        this.border = e.border();
        int steps = e.steps();
        this.panels = new double[e.panelLength()];
        this.inversePanel = new int[steps];
        this.rowOf = new int[steps + 1];
        this.rows = new double[steps][][];
        this.inverseRows = new double[steps][][];
        int length = 0;
        int columns = 0;
        int reach = 0;
        int width = border;
        for (int s = 0; s < steps; s++) {
            inversePanel[s] = length;
            length += e.columns[s] * (e.columns[s] + e.reachColumns[s]);
            rowOf[s + 1] = rowOf[s] + e.columns[s];
            boolean handedOver = e.columns[s] >= LARGE && e.reachColumns[s] == 0;
            columns = Math.max(columns, handedOver ? 1 : e.columns[s]);
            reach = Math.max(reach, e.reachColumns[s]);
            width = Math.max(width, e.width(s));
            if (e.columns[s] >= LARGE) {
                rows[s] = new double[e.columns[s]][e.width(s)];
                inverseRows[s] = new double[e.columns[s]][e.columns[s]];
            }
        }
        this.inverse = new double[length];
        this.maxColumns = columns;
        this.maxReach = reach;
        this.maxWidth = width;
    }

    /** What one thread needs beside the shared arrays. */
    public final class Scratch {
        private final int[] position = new int[maxReach];
        private final double[] u = new double[maxColumns * maxReach];
        private final double[] w = new double[maxColumns * maxReach];
        private final double[] corner = new double[maxColumns * maxColumns];
        private double[] row = new double[maxWidth];
        private double[] next = new double[maxWidth];

        private Scratch() {}

        /** A row to fill before {@link #absorb}; its length is that of the widest panel. */
        public double[] row() {
            return row;
        }

        /**
         * Rotates {@link #row()} into a factor: {@code RᵀR ← RᵀR + rowᵀrow}. The row is used up.
         *
         * @param into     panels of the factor. Modified.
         * @param step     the step whose panel layout the row has
         * @param from     first own column that may differ from zero
         * @param triangle upper triangular border × border; takes what is left. Modified.
         */
        public void absorb(double[] into, int step, int from, double[] triangle) {
            BlockFactor.this.absorb(into, step, from, triangle, this);
        }
    }

    /** Scratch for one thread. */
    public Scratch scratch() {
        return new Scratch();
    }

    /** The pattern. */
    public Elimination elimination() {
        return e;
    }

    /** The panels: M before, R after a factorization; see {@link Elimination#offset}. */
    public double[] panels() {
        return panels;
    }

    /** Number of columns of M. */
    public int order() {
        return rowOf[e.steps()];
    }

    /** Offset of a step in {@link #inverse()}; rows are own columns and reach wide. */
    public int inversePanel(int step) {
        return inversePanel[step];
    }

    /** Row of a node's first column in vectors given to the solves. */
    public int row(int node) {
        return rowOf[e.stepOf[node]] + e.columnOf[node];
    }

    /** Sets the panels of a component to zero. */
    public void clear(int component) {
        Arrays.fill(panels, start(component), end(component), 0);
    }

    private int start(int component) {
        int s = e.componentStart[component];
        return s == e.steps() ? panels.length : e.panel[s];
    }

    private int end(int component) {
        return start(component + 1);
    }

    // ---- from M: Cholesky -------------------------------------------------------------------------------------------

    /**
     * {@code M → R}, {@code ΛᵀB → K} for one component.
     *
     * @param cross border × border, its upper triangle gains {@code KᵀK}. Modified.
     * @return false where M is not positive definite
     */
    public boolean cholesky(int component, double[] cross, Scratch scratch) {
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            boolean done = rows[s] == null ? factorSmall(s) : factorLarge(s);
            if (!done) {
                return false;
            }
            updateLater(s, scratch);
            int width = e.width(s);
            int k = e.panel[s] + width - border;
            for (int i = 0; i < e.columns[s]; i++, k += width) {
                for (int a = 0; a < border; a++) {
                    double f = panels[k + a];
                    for (int b = a; b < border; b++) {
                        cross[a * border + b] += f * panels[k + b];
                    }
                }
            }
        }
        return true;
    }

    private boolean factorSmall(int s) {
        int n = e.columns[s];
        int width = e.width(s);
        int top = e.panel[s];
        for (int i = 0; i < n; i++) {
            int row = top + i * width;
            for (int j = 0; j < i; j++) {
                int above = top + j * width;
                double f = panels[above + i];
                if (f != 0) {
                    for (int c = i; c < width; c++) {
                        panels[row + c] -= f * panels[above + c];
                    }
                }
            }
            double pivot = panels[row + i];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return false;
            }
            double scale = 1 / Math.sqrt(pivot);
            for (int c = i; c < width; c++) {
                panels[row + c] *= scale;
            }
        }
        return true;
    }

    private boolean factorLarge(int s) {
        int n = e.columns[s];
        int width = e.width(s);
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

    /** Columns of reach entries from {@code first} on, in the panel of step {@code target}. */
    private void locate(int s, int first, int target, Scratch scratch) {
        int[] position = scratch.position;
        int at = e.reachStart[target];
        boolean isParent = target == e.parent[s];
        for (int i = first; i < e.reachStart[s + 1]; i++) {
            int node = e.reach[i];
            int column;
            if (isParent) {
                column = e.inParent[i];
            } else if (e.stepOf[node] == target) {
                column = e.columnOf[node];
            } else {
                while (e.reach[at] != node) {
                    at++;
                }
                column = e.reachColumn[at];
            }
            int from = e.reachColumn[i] - e.columns[s];
            for (int c = 0; c < e.graph().size(node); c++) {
                position[from + c] = column + c;
            }
        }
    }

    private void updateLater(int s, Scratch scratch) {
        int own = e.columns[s];
        int width = e.width(s);
        int reachColumns = e.reachColumns[s];
        int i = e.reachStart[s];
        while (i < e.reachStart[s + 1]) {
            int target = e.stepOf[e.reach[i]];
            locate(s, i, target, scratch);
            int last = i;
            while (last < e.reachStart[s + 1] && e.stepOf[e.reach[last]] == target) {
                last++;
            }
            int fromColumn = e.reachColumn[i] - own;
            int toColumn = last == e.reachStart[s + 1] ? reachColumns : e.reachColumn[last] - own;
            for (int k = 0; k < own; k++) {
                subtractOuter(
                        e.panel[s] + k * width + own, fromColumn, toColumn, reachColumns, target, scratch.position);
            }
            i = last;
        }
    }

    private void subtractOuter(int row, int from, int to, int reachColumns, int target, int[] position) {
        int width = e.width(target);
        int top = e.panel[target];
        int targetBorder = width - border;
        for (int a = from; a < to; a++) {
            double f = panels[row + a];
            if (f == 0) {
                continue;
            }
            int into = top + position[a] * width;
            for (int b = a; b < reachColumns; b++) {
                panels[into + position[b]] -= f * panels[row + b];
            }
            for (int b = 0; b < border; b++) {
                panels[into + targetBorder + b] -= f * panels[row + reachColumns + b];
            }
        }
    }

    // ---- from rows: rotations ---------------------------------------------------------------------------------------

    /** Sets a component's factor to the identity with a zero border: the rows of {@code v ~ N(0, I)}. */
    public void identity(int component) {
        clear(component);
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            int width = e.width(s);
            for (int i = 0; i < e.columns[s]; i++) {
                panels[e.panel[s] + i * width + i] = 1;
            }
        }
    }

    private void absorb(double[] into, int step, int from, double[] triangle, Scratch scratch) {
        int s = step;
        int first = from;
        while (true) {
            double[] row = scratch.row;
            int own = e.columns[s];
            int width = e.width(s);
            int top = e.panel[s];
            for (int k = first; k < own; k++) {
                rotate(into, top + k * width, k, row, width);
            }
            int parent = e.parent[s];
            if (parent < 0) {
                for (int k = 0; k < border; k++) {
                    rotate(triangle, k * border, k, row, border, width - border);
                }
                return;
            }
            double[] next = scratch.next;
            int nextWidth = e.width(parent);
            Arrays.fill(next, 0, nextWidth, 0);
            first = e.columns[parent];
            for (int i = e.reachStart[s]; i < e.reachStart[s + 1]; i++) {
                int at = e.reachColumn[i];
                int to = e.inParent[i];
                first = Math.min(first, to);
                for (int c = 0; c < e.graph().size(e.reach[i]); c++) {
                    next[to + c] = row[at + c];
                }
            }
            System.arraycopy(row, width - border, next, nextWidth - border, border);
            scratch.row = next;
            scratch.next = row;
            s = parent;
        }
    }

    private static void rotate(double[] r, int at, int k, double[] row, int width) {
        double x = row[k];
        if (x == 0) {
            return;
        }
        double d = r[at + k];
        double h = Math.sqrt(d * d + x * x);
        double c = d / h;
        double s = x / h;
        r[at + k] = h;
        for (int j = k + 1; j < width; j++) {
            double a = r[at + j];
            double b = row[j];
            r[at + j] = c * a + s * b;
            row[j] = c * b - s * a;
        }
    }

    /** The same where the row's columns start at {@code shift}. */
    private static void rotate(double[] r, int at, int k, double[] row, int width, int shift) {
        double x = row[shift + k];
        if (x == 0) {
            return;
        }
        double d = r[at + k];
        double h = Math.sqrt(d * d + x * x);
        double c = d / h;
        double s = x / h;
        r[at + k] = h;
        for (int j = k + 1; j < width; j++) {
            double a = r[at + j];
            double b = row[shift + j];
            r[at + j] = c * a + s * b;
            row[shift + j] = c * b - s * a;
        }
    }

    /** Rotates a row of {@code n} entries into an n × n triangle. Both are modified. */
    public static void absorbBorder(double[] triangle, double[] row, int n) {
        for (int k = 0; k < n; k++) {
            rotate(triangle, k * n, k, row, n, 0);
        }
    }

    /** Rotates the rows of one triangle into another, both n × n: {@code into ← R} of both. {@code from} is consumed. */
    public static void merge(double[] into, double[] from, int n) {
        for (int i = 0; i < n; i++) {
            for (int k = i; k < n; k++) {
                rotate(into, k * n, k, from, n, i * n);
            }
        }
    }

    // ---- after either -----------------------------------------------------------------------------------------------

    /** {@code log|M|} of one component. */
    public double logDeterminant(int component) {
        double sum = 0;
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            int width = e.width(s);
            double product = 1;
            for (int i = 0; i < e.columns[s]; i++) {
                product *= panels[e.panel[s] + i * width + i];
                if (product > 1e100 || product < 1e-100) {
                    sum += Math.log(product);
                    product = 1;
                }
            }
            sum += Math.log(product);
        }
        return 2 * sum; // doubled: determinant of the matrix, not of its factor
    }

    /** {@code x ← R⁻¹K}, order × border, for the rows of one component. Modified. */
    public void solveBorder(int component, double[] x) {
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            int width = e.width(s);
            for (int i = 0; i < e.columns[s]; i++) {
                System.arraycopy(panels, e.panel[s] + i * width + width - border, x, (rowOf[s] + i) * border, border);
            }
        }
        backward(component, x, border);
    }

    /** {@code x ← R⁻¹x} for {@code m} columns, rows of one component. Modified. */
    public void backward(int component, double[] x, int m) {
        for (int s = e.componentStart[component + 1] - 1; s >= e.componentStart[component]; s--) {
            int own = e.columns[s];
            int width = e.width(s);
            for (int i = own - 1; i >= 0; i--) {
                int row = e.panel[s] + i * width;
                int at = (rowOf[s] + i) * m;
                for (int j = i + 1; j < own; j++) {
                    subtract(x, at, (rowOf[s] + j) * m, panels[row + j], m);
                }
                for (int t = e.reachStart[s]; t < e.reachStart[s + 1]; t++) {
                    int node = e.reach[t];
                    int from = (rowOf[e.stepOf[node]] + e.columnOf[node]) * m;
                    for (int c = 0; c < e.graph().size(node); c++) {
                        subtract(x, at, from + c * m, panels[row + e.reachColumn[t] + c], m);
                    }
                }
                double scale = 1 / panels[row + i];
                for (int c = 0; c < m; c++) {
                    x[at + c] *= scale;
                }
            }
        }
    }

    /** {@code x ← R⁻ᵀx} for {@code m} columns, rows of one component. Modified. */
    public void forward(int component, double[] x, int m) {
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            int own = e.columns[s];
            int width = e.width(s);
            for (int i = 0; i < own; i++) {
                int row = e.panel[s] + i * width;
                int at = (rowOf[s] + i) * m;
                double scale = 1 / panels[row + i];
                for (int c = 0; c < m; c++) {
                    x[at + c] *= scale;
                }
                for (int j = i + 1; j < own; j++) {
                    subtract(x, (rowOf[s] + j) * m, at, panels[row + j], m);
                }
                for (int t = e.reachStart[s]; t < e.reachStart[s + 1]; t++) {
                    int node = e.reach[t];
                    int to = (rowOf[e.stepOf[node]] + e.columnOf[node]) * m;
                    for (int c = 0; c < e.graph().size(node); c++) {
                        subtract(x, to + c * m, at, panels[row + e.reachColumn[t] + c], m);
                    }
                }
            }
        }
    }

    private static void subtract(double[] x, int into, int from, double f, int m) {
        for (int c = 0; c < m; c++) {
            x[into + c] -= f * x[from + c];
        }
    }

    /** {@code M⁻¹} on the pattern of R for one component (Takahashi, Fagan and Chen, 1973); read it by {@link #inverse}. */
    public void invert(int component, Scratch scratch) {
        for (int s = e.componentStart[component + 1] - 1; s >= e.componentStart[component]; s--) {
            if (rows[s] != null && e.reachColumns[s] == 0) {
                invertLarge(s);
            } else {
                invertStep(s, scratch);
            }
        }
    }

    private void invertLarge(int s) {
        int n = e.columns[s];
        int width = e.width(s);
        for (int i = 0; i < n; i++) {
            System.arraycopy(panels, e.panel[s] + i * width + i, rows[s][i], i, n - i);
        }
        backend.inverse(rows[s], n, inverseRows[s]);
        for (int i = 0; i < n; i++) {
            System.arraycopy(inverseRows[s][i], 0, inverse, inversePanel[s] + i * n, n);
        }
    }

    private void invertStep(int s, Scratch scratch) {
        int own = e.columns[s];
        int reach = e.reachColumns[s];
        int width = e.width(s);
        int top = e.panel[s];
        double[] u = scratch.u; // R_ss⁻¹R_sS, own × reach
        double[] w = scratch.w; // U Z_SS, own × reach
        double[] corner = scratch.corner; // R_ss⁻¹, own × own
        invertCorner(top, width, own, corner);
        for (int i = 0; i < own; i++) {
            for (int c = 0; c < reach; c++) {
                double sum = 0;
                for (int j = i; j < own; j++) {
                    sum += corner[i * own + j] * panels[top + j * width + own + c];
                }
                u[i * reach + c] = sum;
                w[i * reach + c] = 0;
            }
        }
        multiplyInverse(s, scratch);
        int stride = own + reach;
        int out = inversePanel[s];
        for (int i = 0; i < own; i++) {
            for (int c = 0; c < reach; c++) {
                inverse[out + i * stride + own + c] = -w[i * reach + c];
            }
            for (int j = i; j < own; j++) {
                double sum = 0;
                for (int k = j; k < own; k++) {
                    sum += corner[i * own + k] * corner[j * own + k];
                }
                for (int c = 0; c < reach; c++) {
                    sum += w[i * reach + c] * u[j * reach + c];
                }
                inverse[out + i * stride + j] = sum;
                inverse[out + j * stride + i] = sum;
            }
        }
    }

    private void invertCorner(int top, int width, int own, double[] corner) {
        for (int j = 0; j < own; j++) {
            corner[j * own + j] = 1 / panels[top + j * width + j];
            for (int i = j - 1; i >= 0; i--) {
                double sum = 0;
                for (int k = i + 1; k <= j; k++) {
                    sum += panels[top + i * width + k] * corner[k * own + j];
                }
                corner[i * own + j] = -sum / panels[top + i * width + i];
            }
        }
    }

    /** {@code W ← U Z_SS}, with Z_SS read from the later steps. */
    private void multiplyInverse(int s, Scratch scratch) {
        int own = e.columns[s];
        int reach = e.reachColumns[s];
        double[] u = scratch.u;
        double[] w = scratch.w;
        int[] position = scratch.position;
        int i = e.reachStart[s];
        while (i < e.reachStart[s + 1]) {
            int target = e.stepOf[e.reach[i]];
            locate(s, i, target, scratch);
            int last = i;
            while (last < e.reachStart[s + 1] && e.stepOf[e.reach[last]] == target) {
                last++;
            }
            int stride = e.columns[target] + e.reachColumns[target];
            int from = e.reachColumn[i] - own;
            int to = last == e.reachStart[s + 1] ? reach : e.reachColumn[last] - own;
            for (int a = from; a < to; a++) {
                int zRow = inversePanel[target] + position[a] * stride;
                for (int k = 0; k < own; k++) {
                    int r = k * reach;
                    double ua = u[r + a];
                    double sum = ua * inverse[zRow + position[a]];
                    for (int b = a + 1; b < reach; b++) {
                        double z = inverse[zRow + position[b]];
                        sum += u[r + b] * z;
                        w[r + b] += ua * z;
                    }
                    w[r + a] += sum;
                }
            }
            i = last;
        }
    }

    /** The selected inverse: entries of joined nodes, at {@link #inverseOffset}. */
    public double[] inverse() {
        return inverse;
    }

    /** Offset in {@link #inverse()} of the block of two nodes that are equal or joined; see {@link Elimination#earlier}. */
    public int inverseOffset(int a, int b) {
        int row = e.earlier(a, b);
        int s = e.stepOf[row];
        int inPanel = e.offset(a, b) - e.panel[s] - e.columnOf[row] * e.width(s);
        return inversePanel[s] + e.columnOf[row] * inverseStride(row) + inPanel;
    }

    /** Distance of rows in the inverse block of a node. */
    public int inverseStride(int node) {
        int s = e.stepOf[node];
        return e.columns[s] + e.reachColumns[s];
    }
}
