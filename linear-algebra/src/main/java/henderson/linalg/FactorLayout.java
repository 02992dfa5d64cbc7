package henderson.linalg;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a factor and of its selected inverse stand; sizes of what the algorithms need beside them.
 *
 * <p>Panel of step s: {@code [R_ss | R_sS | K_s]}, own columns, reach, border. Panel of the inverse:
 * {@code [Z_ss | Z_sS]}.
 */
final class FactorLayout {
    /** Own columns from which a step is handed to the dense backend. */
    static final int LARGE = 48;

    final Elimination e;
    final int border;
    /** Offset of step s in the selected inverse. */
    final int[] inversePanel;
    /** First row of step s among all columns, in elimination order. */
    final int[] rowOf;

    /** Row of each reach entry's first column among all columns, where all nodes have one column; null otherwise. */
    final int @Nullable [] reachRow;

    final int inverseLength;
    /** Columns of the widest reach. */
    final int maxReach;
    /** Columns of the widest panel, border included. */
    final int maxWidth;
    /** Largest own × reach. */
    final int maxBeside;
    /** Largest own × own among the steps that the backend does not invert. */
    final int maxCorner;
    /** Own columns of the largest step that the backend inverts. */
    final int maxDense;

    FactorLayout(Elimination elimination) {
        this.e = elimination;
        this.border = e.border();
        int steps = e.steps();
        this.inversePanel = new int[steps];
        this.rowOf = new int[steps + 1];
        int length = 0;
        int reach = 0;
        int width = border;
        int beside = 0;
        int corner = 0;
        int dense = 0;
        for (int s = 0; s < steps; s++) {
            int own = e.columns[s];
            inversePanel[s] = length;
            length += own * (own + e.reachColumns[s]);
            rowOf[s + 1] = rowOf[s] + own;
            reach = Math.max(reach, e.reachColumns[s]);
            width = Math.max(width, e.width(s));
            beside = Math.max(beside, own * e.reachColumns[s]);
            corner = Math.max(corner, invertedDense(s) ? 0 : own * own);
            dense = Math.max(dense, invertedDense(s) ? own : 0);
        }
        this.reachRow = reachRows();
        this.inverseLength = length;
        this.maxReach = reach;
        this.maxWidth = width;
        this.maxBeside = beside;
        this.maxCorner = corner;
        this.maxDense = dense;
    }

    private int @Nullable [] reachRows() {
        for (int i = 0; i < e.graph().nodes(); i++) {
            if (e.graph().size(i) != 1) {
                return null;
            }
        }
        int[] out = new int[e.reach.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = row(e.reach[i]);
        }
        return out;
    }

    /** Whether the backend factors a step. */
    boolean large(int s) {
        return e.columns[s] >= LARGE;
    }

    /** Whether the backend inverts a step. */
    boolean invertedDense(int s) {
        return large(s) && e.reachColumns[s] == 0;
    }

    /** Sets a component's part of an array of panels to zero. */
    void clear(int component, double[] panels) {
        Arrays.fill(panels, start(component), start(component + 1), 0);
    }

    private int start(int component) {
        int s = e.componentStart[component];
        return s == e.steps() ? e.panelLength() : e.panel[s];
    }

    /** Row of a node's first column among all columns. */
    int row(int node) {
        return rowOf[e.stepOf[node]] + e.columnOf[node];
    }

    /** Distance of rows in the inverse panel of a step. */
    int inverseStride(int s) {
        return e.columns[s] + e.reachColumns[s];
    }

    /** Offset in the selected inverse of the block of two nodes that are equal or joined. */
    int inverseOffset(int a, int b) {
        int row = e.earlier(a, b);
        int s = e.stepOf[row];
        int inPanel = e.offset(a, b) - e.panel[s] - e.columnOf[row] * e.width(s);
        return inversePanel[s] + e.columnOf[row] * inverseStride(s) + inPanel;
    }

    /** First reach entry of step s after {@code i} whose node is in another step than that of {@code i}. */
    int endOfTarget(int s, int i) {
        int target = e.stepOf[e.reach[i]];
        int last = i + 1;
        while (last < e.reachStart[s + 1] && e.stepOf[e.reach[last]] == target) {
            last++;
        }
        return last;
    }

    /** Column of reach entry {@code i} of step s within the reach; of the end of the reach, its width. */
    int columnInReach(int s, int i) {
        return i == e.reachStart[s + 1] ? e.reachColumns[s] : e.reachColumn[i] - e.columns[s];
    }

    /**
     * Finds the reach of a step, from an entry on, in the panel of the later step that entry belongs to.
     *
     * @param position for each column of the reach its column in the panel of {@code target}. Modified.
     */
    void locate(int s, int first, int target, int[] position) {
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
                at = e.seek(target, node, at);
                column = e.reachColumn[at];
            }
            int from = e.reachColumn[i] - e.columns[s];
            for (int c = 0; c < e.graph().size(node); c++) {
                position[from + c] = column + c;
            }
        }
    }
}
