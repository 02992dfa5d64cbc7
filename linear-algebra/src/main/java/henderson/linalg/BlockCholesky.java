package henderson.linalg;

/** {@code M → R} with {@code M = RᵀR}, and {@code B → K = R⁻ᵀB} in the border, in place over the panels. */
final class BlockCholesky {
    private final FactorLayout layout;
    private final Elimination e;
    private final int border;
    private final double[] panels;
    private final LargeSteps large;
    private final Crossing crossing;

    BlockCholesky(FactorLayout layout, double[] panels, LargeSteps large, Crossing crossing) {
        this.layout = layout;
        this.e = layout.e;
        this.border = layout.border;
        this.panels = panels;
        this.large = large;
        this.crossing = crossing;
    }

    /**
     * Factors one component.
     *
     * @param cross    border × border, its upper triangle gains {@code KᵀK}. Modified.
     * @param position one entry per column of the widest reach. Modified.
     * @return false where M is not positive definite
     */
    boolean factor(int component, double[] cross, int[] position) {
        if (crossing.is(component)) {
            return factorCrossed(component, cross);
        }
        for (int s = e.componentStart[component]; s < e.componentStart[component + 1]; s++) {
            boolean done = layout.large(s) ? large.factor(s) : factorSmall(s);
            if (!done) {
                return false;
            }
            updateLater(s, position);
            addCross(s, cross);
        }
        return true;
    }

    private boolean factorCrossed(int component, double[] cross) {
        int tail = e.componentStart[component + 1] - 1;
        if (!crossing.factor(component)) {
            return false;
        }
        crossing.update(component);
        for (int s = e.componentStart[component]; s < tail; s++) {
            addCross(s, cross);
        }
        boolean done = layout.large(tail) ? large.factor(tail) : factorSmall(tail);
        if (done) {
            addCross(tail, cross);
        }
        return done;
    }

    private void addCross(int s, double[] cross) {
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

    /** Subtracts {@code [R_sS K_s]ᵀ[R_sS K_s]} from the steps that the reach belongs to. */
    private void updateLater(int s, int[] position) {
        int own = e.columns[s];
        int width = e.width(s);
        int i = e.reachStart[s];
        while (i < e.reachStart[s + 1]) {
            int target = e.stepOf[e.reach[i]];
            layout.locate(s, i, target, position);
            int next = layout.endOfTarget(s, i);
            int from = layout.columnInReach(s, i);
            int to = layout.columnInReach(s, next);
            for (int k = 0; k < own; k++) {
                subtractOuter(e.panel[s] + k * width + own, from, to, e.reachColumns[s], target, position);
            }
            i = next;
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
}
