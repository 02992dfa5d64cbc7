package henderson.linalg;

import java.util.Arrays;

/** Rows rotated into triangles (Givens, 1958): {@code RᵀR ← RᵀR + rowᵀrow}, diagonals not negative. */
final class Rotations {
    /** Between these the squares of a length neither overflow nor lose digits to underflow. */
    private static final double SMALLEST = 1e-140;

    private static final double LARGEST = 1e150;

    private final Elimination e;
    private final int border;

    Rotations(FactorLayout layout) {
        this.e = layout.e;
        this.border = layout.border;
    }

    /** Rotates {@code scratch.row} into the panels of a factor, up the tree of steps. */
    void absorb(double[] into, int step, int from, double[] triangle, BlockFactor.Scratch scratch) {
        int s = step;
        int first = from;
        while (true) {
            int width = e.width(s);
            for (int k = first; k < e.columns[s]; k++) {
                rotate(into, e.panel[s] + k * width, scratch.row, 0, k, width);
            }
            if (e.parent[s] < 0) {
                break;
            }
            first = toParent(s, scratch);
            s = e.parent[s];
        }
        for (int k = 0; k < border; k++) {
            rotate(triangle, k * border, scratch.row, e.width(s) - border, k, border);
        }
    }

    /** Lays reach and border of the row out for the parent step; returns the first column that may differ from zero. */
    private int toParent(int s, BlockFactor.Scratch scratch) {
        double[] row = scratch.row;
        double[] next = scratch.next;
        int parent = e.parent[s];
        int nextWidth = e.width(parent);
        Arrays.fill(next, 0, nextWidth, 0);
        int first = e.columns[parent];
        for (int i = e.reachStart[s]; i < e.reachStart[s + 1]; i++) {
            int at = e.reachColumn[i];
            int to = e.inParent[i];
            first = Math.min(first, to);
            for (int c = 0; c < e.graph().size(e.reach[i]); c++) {
                next[to + c] = row[at + c];
            }
        }
        System.arraycopy(row, e.width(s) - border, next, nextWidth - border, border);
        scratch.row = next;
        scratch.next = row;
        return first;
    }

    /** Rotates a row of n entries from {@code shift} on into an n × n triangle. */
    static void absorb(double[] triangle, double[] row, int shift, int first, int n) {
        for (int k = first; k < n; k++) {
            rotate(triangle, k * n, row, shift, k, n);
        }
    }

    /** Turns row entry k to zero against the triangle's row k, which starts at {@code at}; both {@code width} long. */
    private static void rotate(double[] r, int at, double[] row, int shift, int k, int width) {
        double x = row[shift + k];
        if (x == 0) {
            return;
        }
        double d = r[at + k];
        double h = Math.sqrt(d * d + x * x);
        double unit = 1;
        if (!(h > SMALLEST && h < LARGEST)) { // squares underflow or overflow: c and s would not be orthogonal
            unit = h < 1 ? 0x1p600 : 0x1p-600;
            h = Math.sqrt(d * unit * (d * unit) + x * unit * (x * unit));
        }
        double c = d * unit / h;
        double s = x * unit / h;
        r[at + k] = h / unit;
        for (int j = k + 1; j < width; j++) {
            double a = r[at + j];
            double b = row[shift + j];
            r[at + j] = c * a + s * b;
            row[shift + j] = c * b - s * a;
        }
    }
}
