package henderson.linalg;

/**
 * {@code Z = M⁻¹} on the pattern of R (Takahashi, Fagan and Chen, 1973), from the last step up. With own columns s and reach
 * S of a step: {@code U = R_ss⁻¹R_sS}, {@code W = U Z_SS}, {@code Z_sS = −W}, {@code Z_ss = R_ss⁻¹R_ss⁻ᵀ + W Uᵀ}.
 */
final class SelectedInverse {
    private final FactorLayout layout;
    private final Elimination e;
    private final double[] panels;
    private final LargeSteps large;
    private final Crossing crossing;
    /** Panels {@code [Z_ss | Z_sS]}. */
    final double[] inverse;

    SelectedInverse(FactorLayout layout, double[] panels, LargeSteps large, Crossing crossing) {
        this.layout = layout;
        this.e = layout.e;
        this.panels = panels;
        this.large = large;
        this.crossing = crossing;
        this.inverse = new double[layout.inverseLength];
    }

    /** Inverts one component. */
    void invert(int component, BlockFactor.Scratch scratch) {
        int last = e.componentStart[component + 1] - 1;
        step(last, scratch);
        if (crossing.is(component) && crossing.invert(component, inverse)) {
            return;
        }
        for (int s = last - 1; s >= e.componentStart[component]; s--) {
            step(s, scratch);
        }
    }

    /** The diagonal blocks of a component's steps, and the whole of its last. */
    void invertDiagonal(int component, BlockFactor.Scratch scratch) {
        if (crossing.is(component)) {
            step(e.componentStart[component + 1] - 1, scratch);
            crossing.diagonal(component, inverse);
        } else {
            invert(component, scratch);
        }
    }

    private void step(int s, BlockFactor.Scratch scratch) {
        if (layout.invertedDense(s)) {
            large.invert(s, inverse, scratch.dense);
        } else {
            invertCorner(s, scratch.corner);
            multiplyCorner(s, scratch);
            multiplyInverse(s, scratch);
            write(s, scratch);
        }
    }

    /** {@code corner ← R_ss⁻¹}. */
    private void invertCorner(int s, double[] corner) {
        int own = e.columns[s];
        int width = e.width(s);
        int top = e.panel[s];
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

    /** {@code U ← R_ss⁻¹R_sS, W ← 0}. */
    private void multiplyCorner(int s, BlockFactor.Scratch scratch) {
        int own = e.columns[s];
        int reach = e.reachColumns[s];
        int width = e.width(s);
        int beside = e.panel[s] + own;
        for (int i = 0; i < own; i++) {
            for (int c = 0; c < reach; c++) {
                double sum = 0;
                for (int j = i; j < own; j++) {
                    sum += scratch.corner[i * own + j] * panels[beside + j * width + c];
                }
                scratch.u[i * reach + c] = sum;
                scratch.w[i * reach + c] = 0;
            }
        }
    }

    /** {@code W ← U Z_SS}, with Z_SS read from the later steps. */
    private void multiplyInverse(int s, BlockFactor.Scratch scratch) {
        int i = e.reachStart[s];
        while (i < e.reachStart[s + 1]) {
            int target = e.stepOf[e.reach[i]];
            layout.locate(s, i, target, scratch.position);
            int next = layout.endOfTarget(s, i);
            addProducts(s, target, layout.columnInReach(s, i), layout.columnInReach(s, next), scratch);
            i = next;
        }
    }

    /** Adds to W the products with rows {@code from ≤ a < to} of Z_SS right of its diagonal, and with their mirror images. */
    private void addProducts(int s, int target, int from, int to, BlockFactor.Scratch scratch) {
        int own = e.columns[s];
        int reach = e.reachColumns[s];
        int stride = layout.inverseStride(target);
        double[] u = scratch.u;
        double[] w = scratch.w;
        int[] position = scratch.position;
        for (int a = from; a < to; a++) {
            int zRow = layout.inversePanel[target] + position[a] * stride;
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
    }

    private void write(int s, BlockFactor.Scratch scratch) {
        int own = e.columns[s];
        int reach = e.reachColumns[s];
        int stride = own + reach;
        int out = layout.inversePanel[s];
        double[] corner = scratch.corner;
        for (int i = 0; i < own; i++) {
            for (int c = 0; c < reach; c++) {
                inverse[out + i * stride + own + c] = -scratch.w[i * reach + c];
            }
            for (int j = i; j < own; j++) {
                double sum = 0;
                for (int k = j; k < own; k++) {
                    sum += corner[i * own + k] * corner[j * own + k];
                }
                for (int c = 0; c < reach; c++) {
                    sum += scratch.w[i * reach + c] * scratch.u[j * reach + c];
                }
                inverse[out + i * stride + j] = sum;
                inverse[out + j * stride + i] = sum;
            }
        }
    }
}
