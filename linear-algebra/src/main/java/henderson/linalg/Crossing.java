package henderson.linalg;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Components in which every step but the last has one column and reaches into the last step only: two crossed factors, or
 * several of which all but one are in the dense tail. What the steps do to the tail is done here by rows of the tail, each of
 * which stays in the first-level cache while the steps that reach it pass by in the order in which they are stored.
 */
final class Crossing {
    /** Fewer steps are not worth the lists. */
    private static final int STEPS = 16;

    private final FactorLayout layout;
    private final Elimination e;
    private final double[] panels;
    /** Whether a component is of the kind. */
    private final boolean[] crossed;
    /** Entries of a row (column of the factor) stand at {@code start[row] … start[row + 1] − 1}. */
    private final int[] start;
    /** For each entry its place in the reaches. */
    private final int[] reach;
    /** For each entry its step. */
    private final int[] step;
    /** For each component how it is done where it is dense, or null. */
    private final @Nullable FullCrossing[] full;

    Crossing(FactorLayout layout, double[] panels) {
        this.layout = layout;
        this.e = layout.e;
        this.panels = panels;
        this.crossed = new boolean[e.components()];
        this.start = new int[layout.rowOf[e.steps()] + 1];
        for (int c = 0; c < crossed.length; c++) {
            crossed[c] = isCrossed(c);
            for (int s = e.firstStep(c); crossed[c] && s < last(c); s++) {
                for (int i = e.reachStart[s]; i < e.reachStart[s + 1]; i++) {
                    start[layout.row(e.reach[i]) + 1]++;
                }
            }
        }
        for (int i = 1; i < start.length; i++) {
            start[i] += start[i - 1];
        }
        this.reach = new int[start[start.length - 1]];
        this.step = new int[reach.length];
        fill();
        this.full = new FullCrossing[crossed.length];
        for (int c = 0; c < crossed.length; c++) {
            if (crossed[c]) {
                full[c] = FullCrossing.of(layout, panels, c, entries(c));
            }
        }
    }

    private long entries(int component) {
        return e.reachStart[last(component)] - e.reachStart[e.firstStep(component)];
    }

    private void fill() {
        int[] next = start.clone();
        for (int c = 0; c < crossed.length; c++) {
            for (int s = e.firstStep(c); crossed[c] && s < last(c); s++) {
                for (int i = e.reachStart[s]; i < e.reachStart[s + 1]; i++) {
                    int at = next[layout.row(e.reach[i])]++;
                    reach[at] = i;
                    step[at] = s;
                }
            }
        }
    }

    private int last(int component) {
        return e.firstStep(component + 1) - 1;
    }

    private boolean isCrossed(int c) {
        int tail = last(c);
        if (tail - e.firstStep(c) < STEPS || e.columns[tail] != e.memberStart[tail + 1] - e.memberStart[tail]) {
            return false;
        }
        for (int s = e.firstStep(c); s < tail; s++) {
            if (e.columns[s] != 1 || e.reachCount(s) == 0 || e.parent[s] != tail) {
                return false;
            }
        }
        return true;
    }

    /** Whether any component is of the kind. */
    boolean any() {
        return reach.length > 0;
    }

    /** Whether a component is of the kind. */
    boolean is(int component) {
        return crossed[component];
    }

    /** Whether a component's steps reach so much of its tail that they are taken as dense. */
    boolean full(int component) {
        return full[component] != null;
    }

    /** Divides the rows of all steps before the tail by the root of their pivots; false where one is not positive. */
    boolean factor(int component) {
        for (int s = e.firstStep(component); s < last(component); s++) {
            int top = e.panel[s];
            double pivot = panels[top];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return false;
            }
            double scale = 1 / Math.sqrt(pivot);
            int end = top + e.width(s);
            for (int c = top; c < end; c++) {
                panels[c] *= scale;
            }
        }
        return true;
    }

    /** Subtracts {@code [R_sS K_s]ᵀ[R_sS K_s]} of all steps from the tail. */
    void update(int component) {
        FullCrossing dense = full[component];
        if (dense != null) {
            dense.update();
        } else {
            updateByRows(component);
        }
    }

    private void updateByRows(int component) {
        int tail = last(component);
        int width = e.width(tail);
        for (int i = 0; i < e.columns[tail]; i++) {
            int row = layout.rowOf[tail] + i;
            int into = e.panel[tail] + i * width;
            for (int k = start[row]; k < start[row + 1]; k++) {
                int s = step[k];
                double f = panels[e.panel[s] + 1 - e.reachStart[s] + reach[k]];
                if (f != 0) {
                    subtract(s, reach[k], f, into, into + width - layout.border);
                }
            }
        }
    }

    /** A row of the tail loses a multiple of a step's entries from reach {@code from} on, and of its border. */
    private void subtract(int s, int from, double f, int into, int intoBorder) {
        int[] column = e.inParent;
        int end = e.reachStart[s + 1];
        int shift = e.panel[s] + 1 - e.reachStart[s];
        if (column[end - 1] - column[from] == end - 1 - from) { // without gaps
            int to = into + column[from] - from;
            for (int b = from; b < end; b++) {
                panels[to + b] -= f * panels[shift + b];
            }
        } else {
            for (int b = from; b < end; b++) {
                panels[into + column[b]] -= f * panels[shift + b];
            }
        }
        for (int b = 0; b < layout.border; b++) {
            panels[intoBorder + b] -= f * panels[shift + end + b];
        }
    }

    /** {@code G ← Σ_s (R_sS/R_ss)ᵀ(R_sS/R_ss)}, whole. {@code g} is modified. */
    void products(int component, double[][] g) {
        int tail = last(component);
        int n = e.columns[tail];
        int[] column = e.inParent;
        for (int i = 0; i < n; i++) {
            int row = layout.rowOf[tail] + i;
            double[] into = g[i];
            Arrays.fill(into, 0, n, 0);
            for (int k = start[row]; k < start[row + 1]; k++) {
                int s = step[k];
                int shift = e.panel[s] + 1 - e.reachStart[s];
                double pivot = panels[e.panel[s]];
                double f = panels[shift + reach[k]] / (pivot * pivot);
                for (int b = reach[k]; b < e.reachStart[s + 1]; b++) {
                    into[column[b]] += f * panels[shift + b];
                }
            }
        }
    }

    /**
     * The blocks of {@code M⁻¹} of all steps before the tail, whose Z is known; false where it is not offered.
     *
     * @param inverse panels of the selected inverse. Modified.
     */
    boolean invert(int component, double[] inverse) {
        FullCrossing dense = full[component];
        if (dense != null) {
            dense.invert(inverse);
        }
        return dense != null;
    }

    /** {@code Z_ss = (1 + R_sS Z_SS R_sSᵀ)/R_ss²} of all steps before the tail, whose Z is known. {@code inverse} is modified. */
    void diagonal(int component, double[] inverse) {
        int tail = last(component);
        int n = e.columns[tail];
        int[] column = e.inParent;
        for (int s = e.firstStep(component); s < tail; s++) {
            inverse[layout.inversePanel[s]] = 0;
        }
        for (int i = 0; i < n; i++) {
            int row = layout.rowOf[tail] + i;
            int z = layout.inversePanel[tail] + i * n;
            for (int k = start[row]; k < start[row + 1]; k++) {
                int s = step[k];
                int from = reach[k];
                int shift = e.panel[s] + 1 - e.reachStart[s];
                double f = panels[shift + from];
                double sum = f * inverse[z + i] / 2;
                for (int b = from + 1; b < e.reachStart[s + 1]; b++) {
                    sum += panels[shift + b] * inverse[z + column[b]];
                }
                inverse[layout.inversePanel[s]] += 2 * f * sum;
            }
        }
        for (int s = e.firstStep(component); s < tail; s++) {
            double pivot = panels[e.panel[s]];
            int at = layout.inversePanel[s];
            inverse[at] = (1 + inverse[at]) / (pivot * pivot);
        }
    }
}
