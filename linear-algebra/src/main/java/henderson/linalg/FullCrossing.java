package henderson.linalg;

import java.util.Arrays;

/**
 * One component of a {@link Crossing} whose steps reach most of a short tail: what they do to one another is dense then, and
 * done in tiles over many steps at a time. With {@code U = R_sS/R_ss} of all steps, {@code Z_sS = −U Z_SS} and
 * {@code Z_ss = 1/R_ss² + U Z_SS Uᵀ}. A workspace.
 */
final class FullCrossing {
    /** A tail of more columns is taken row by row. */
    private static final int COLUMNS = 96;
    /** Steps at a time: rows so long of a tile stay in the first-level cache. */
    private static final int STEPS = 128;
    /** Rows of a tile. */
    private static final int TILE = 3;

    private final FactorLayout layout;
    private final Elimination e;
    private final double[] panels;
    private final int first;
    private final int tail;
    /** Columns of the tail, and those with the border. */
    private final int n;

    private final int wide;
    /** Rows: columns of tail and border; products with one another, then entries of the steps. */
    private final double[][] rows;
    /** U by columns, n × steps. */
    private final double[][] u;
    /** U Z_SS by columns, n × steps. */
    private final double[][] w;
    /** Z_SS, n × n. */
    private final double[][] z;

    private FullCrossing(FactorLayout layout, double[] panels, int component) {
        this.layout = layout;
        this.e = layout.e;
        this.panels = panels;
        this.first = e.firstStep(component);
        this.tail = e.firstStep(component + 1) - 1;
        this.n = e.columns[tail];
        this.wide = n + layout.border;
        this.rows = new double[whole(wide)][whole(wide) + STEPS];
        this.u = new double[whole(n)][STEPS];
        this.w = new double[whole(n)][STEPS];
        this.z = new double[whole(n)][whole(n)];
    }

    private static int whole(int n) {
        return (n + TILE - 1) / TILE * TILE;
    }

    /** For a component of a crossing whose steps have so many entries; null where they are too few, or the tail too long. */
    static FullCrossing of(FactorLayout layout, double[] panels, int component, long entries) {
        int tail = layout.e.firstStep(component + 1) - 1;
        long n = layout.e.columns[tail];
        boolean full = n <= COLUMNS && 2 * entries >= n * (tail - layout.e.firstStep(component));
        return full ? new FullCrossing(layout, panels, component) : null;
    }

    /** Subtracts {@code [R_sS K_s]ᵀ[R_sS K_s]} of all steps from the tail. */
    void update() {
        int m = rows.length;
        for (double[] row : rows) {
            Arrays.fill(row, 0, m, 0);
        }
        for (int s = first; s < tail; s += STEPS) {
            int count = Math.min(STEPS, tail - s);
            gather(s, count);
            for (int i = 0; i < n; i += TILE) {
                for (int j = i; j < m; j += TILE) {
                    Rows.subtractDots(rows, i, j, rows, m, m + count);
                }
            }
        }
        for (int i = 0; i < n; i++) {
            int into = e.panel[tail] + i * wide;
            for (int j = i; j < wide; j++) {
                panels[into + j] += rows[i][j];
            }
        }
    }

    private void gather(int from, int count) {
        int m = rows.length;
        for (int j = 0; j < wide; j++) {
            Arrays.fill(rows[j], m, m + count, 0);
        }
        for (int k = 0; k < count; k++) {
            int s = from + k;
            int shift = e.panel[s] + 1 - e.reachStart[s];
            for (int b = e.reachStart[s]; b < e.reachStart[s + 1]; b++) {
                rows[e.inParent[b]][m + k] = panels[shift + b];
            }
            for (int b = n; b < wide; b++) {
                rows[b][m + k] = panels[shift + e.reachStart[s + 1] + b - n];
            }
        }
    }

    /** {@code Z_ss} and {@code Z_sS} of all steps before the tail, whose Z is known. {@code inverse} is modified. */
    void invert(double[] inverse) {
        for (int i = 0; i < n; i++) {
            int at = layout.inversePanel[tail] + i * n;
            for (int j = i; j < n; j++) {
                z[i][j] = inverse[at + j];
                z[j][i] = inverse[at + j];
            }
        }
        for (int s = first; s < tail; s += STEPS) {
            int count = Math.min(STEPS, tail - s);
            gatherScaled(s, count);
            for (int i = 0; i < u.length; i += TILE) {
                for (int j = 0; j < u.length; j += TILE) {
                    Rows.addProducts(w, z, 1, u, i, j, 0, count);
                }
            }
            for (int k = 0; k < count; k++) {
                write(s + k, k, inverse);
            }
        }
    }

    private void gatherScaled(int from, int count) {
        for (int j = 0; j < n; j++) {
            Arrays.fill(u[j], 0, count, 0);
        }
        for (double[] row : w) {
            Arrays.fill(row, 0, count, 0);
        }
        for (int k = 0; k < count; k++) {
            int s = from + k;
            double scale = 1 / panels[e.panel[s]];
            int shift = e.panel[s] + 1 - e.reachStart[s];
            for (int b = e.reachStart[s]; b < e.reachStart[s + 1]; b++) {
                u[e.inParent[b]][k] = panels[shift + b] * scale;
            }
        }
    }

    private void write(int s, int k, double[] inverse) {
        double scale = 1 / panels[e.panel[s]];
        double sum = scale * scale;
        int at = layout.inversePanel[s];
        int shift = at + 1 - e.reachStart[s];
        for (int b = e.reachStart[s]; b < e.reachStart[s + 1]; b++) {
            int j = e.inParent[b];
            inverse[shift + b] = -w[j][k];
            sum += w[j][k] * u[j][k];
        }
        inverse[at] = sum;
    }
}
