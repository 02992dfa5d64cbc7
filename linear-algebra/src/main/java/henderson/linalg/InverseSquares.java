package henderson.linalg;

import java.util.Arrays;

/**
 * Sums of squares of the entries of {@code I − M⁻¹} over pairs of classes of columns, all entries, not only those on the
 * pattern of the factor: what second derivatives of {@code log|M|} need.
 *
 * <p>For factors of the kind {@code M = [D B; Bᵀ C₀]} with D diagonal and one dense tail {@code C = C₀ − BᵀD⁻¹B}: with {@code
 * G = BᵀD⁻²B} and {@code P = C⁻¹G},
 *
 * <pre>
 * M⁻¹ = [D⁻¹ + D⁻¹B C⁻¹ BᵀD⁻¹, −D⁻¹B C⁻¹; ·, C⁻¹]
 * Σ over all rows of D of squares in column b of −D⁻¹B C⁻¹ = Σ_c P_bc (C⁻¹)_cb
 * ‖D⁻¹B C⁻¹ BᵀD⁻¹‖² = Σ_ab P_ab P_ba
 * </pre>
 *
 * One product of the tail's order replaces the rows of {@code M⁻¹}. A workspace; the arrays are there from the first call on.
 */
public final class InverseSquares {
    private final BlockFactor factor;
    private final FactorLayout layout;
    private final Elimination e;
    private final int[] classOfNode;
    private final int classes;
    private final int largest;
    private final DenseBackend backend = DenseBackend.get();
    /** G, tail × tail. */
    private double[][] g = new double[0][];
    /** P, tail × tail. */
    private double[][] p = new double[0][];
    /** C⁻¹, tail × tail, where the factor has it in no rows of its own. */
    private double[][] z = new double[0][];

    private int[] classOfColumn = new int[0];
    private int[] position = new int[0];

    /**
     * A workspace.
     *
     * @param classOfNode class of each node of the graph; the leading nodes of a component are of one class
     */
    public InverseSquares(BlockFactor factor, int[] classOfNode, int classes) {
        this.factor = factor;
        this.layout = factor.layout();
        this.e = factor.elimination();
        this.classOfNode = classOfNode.clone();
        this.classes = classes;
        int most = 0;
        for (int c = 0; c < e.components(); c++) {
            most = Math.max(most, e.columns[e.firstStep(c + 1) - 1]);
        }
        this.largest = most;
    }

    /**
     * Whether all nodes have one column, and in every component the steps before the last are of one class and reach into the
     * last one only.
     */
    public static boolean applies(Elimination e, int[] classOfNode) {
        for (int i = 0; i < e.graph().nodes(); i++) {
            if (e.graph().size(i) != 1) {
                return false;
            }
        }
        for (int c = 0; c < e.components(); c++) {
            int tail = e.firstStep(c + 1) - 1;
            int leading = classOfNode[e.member(e.firstStep(c), 0)];
            for (int s = e.firstStep(c); s < tail; s++) {
                if (classOfNode[e.member(s, 0)] != leading
                        || e.columns(s) != 1
                        || e.reachCount(s) == 0
                        || e.stepOf(e.reach(s, 0)) != tail) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Adds those of one component, whose selected inverse is up to date, see {@link BlockFactor#invertDiagonal}.
     *
     * @param out classes × classes, symmetric. Modified.
     */
    public void add(int component, double[] out) {
        int first = e.firstStep(component);
        int tail = e.firstStep(component + 1) - 1;
        int n = e.columns[tail];
        allocate();
        double[][] inverse = inverseOf(tail, n);
        for (int b = 0; b < n; b++) {
            classOfColumn[b] = classOfNode[e.members[e.memberStart[tail] + b]];
        }
        tailSquares(inverse, n, out);
        if (first < tail) {
            crossProducts(component, first, tail, n);
            backend.multiply(inverse, g, n, p);
            leadingSquares(first, tail, n, inverse, out);
        }
    }

    private void allocate() {
        if (classOfColumn.length < largest) {
            classOfColumn = new int[largest];
            position = new int[layout.maxReach];
            g = new double[largest][largest];
            p = new double[largest][largest];
        }
    }

    private double[][] inverseOf(int tail, int n) {
        if (layout.invertedDense(tail)) {
            return factor.inverseRows(tail);
        }
        if (z.length == 0) {
            z = new double[Math.min(largest, FactorLayout.LARGE)][FactorLayout.LARGE];
        }
        for (int a = 0; a < n; a++) {
            System.arraycopy(factor.inverse(), layout.inversePanel[tail] + a * n, z[a], 0, n);
        }
        return z;
    }

    private void tailSquares(double[][] inverse, int n, double[] out) {
        for (int a = 0; a < n; a++) {
            double[] row = inverse[a];
            int at = classOfColumn[a] * classes;
            for (int b = 0; b < n; b++) {
                double d = b == a ? 1 - row[b] : row[b];
                out[at + classOfColumn[b]] += d * d;
            }
        }
    }

    /** {@code G ← Σ_s (R_sS/R_ss)ᵀ(R_sS/R_ss)}, whole. */
    private void crossProducts(int component, int first, int tail, int n) {
        if (factor.crossing().is(component)) {
            factor.crossing().products(component, g);
        } else {
            sumProducts(first, tail, n);
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < a; b++) {
                g[a][b] = g[b][a];
            }
        }
    }

    private void sumProducts(int first, int tail, int n) {
        double[] panels = factor.panels();
        for (int a = 0; a < n; a++) {
            Arrays.fill(g[a], 0, n, 0);
        }
        for (int s = first; s < tail; s++) {
            layout.locate(s, e.reachStart[s], tail, position);
            int reach = e.reachColumns[s];
            int at = e.panel[s] + 1;
            double scale = 1 / panels[e.panel[s]];
            for (int a = 0; a < reach; a++) {
                double f = panels[at + a] * scale * scale;
                double[] row = g[position[a]];
                for (int b = a; b < reach; b++) {
                    row[position[b]] += f * panels[at + b];
                }
            }
        }
    }

    private void leadingSquares(int first, int tail, int n, double[][] inverse, double[] out) {
        int leading = classOfNode[e.members[e.memberStart[first]]];
        double both = 0;
        for (int b = 0; b < n; b++) {
            double beside = 0;
            for (int c = 0; c < n; c++) {
                beside += p[b][c] * inverse[b][c];
                both += p[b][c] * p[c][b];
            }
            out[leading * classes + classOfColumn[b]] += beside;
            out[classOfColumn[b] * classes + leading] += beside;
        }
        for (int s = first; s < tail; s++) {
            double pivot = factor.panels()[e.panel[s]];
            double own = factor.inverse()[layout.inversePanel[s]];
            double added = own - 1 / (pivot * pivot);
            both += (1 - own) * (1 - own) - added * added;
        }
        out[leading * classes + leading] += both;
    }
}
