package henderson.equations;

import henderson.api.Columns;
import henderson.api.Model;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one pass over the rows that a nested model needs. Columns are centred and scaled block by block; products with a column
 * of Z are summed by runs of rows of one group, all others by block. Sums of more than a block are compensated.
 */
final class NestedPass {
    /** Rows that are centred together. */
    private static final int BLOCK = 512;
    /** Blocks whose products are summed lane by lane without compensation. */
    private static final int BLOCKS = 64;
    /** Groups of a sample, about; there are many when there are so many times more. */
    private static final int SAMPLE = 1024;

    private static final int MANY = 8;
    /** Groups of the outer factor in a sample at least. */
    private static final int FEWEST = 64;
    /** Columns of Z of a group at most. */
    private static final int WIDEST = 6;

    private final Layout layout;
    private final Columns columns;
    private final Border border;
    private final int inner;
    private final int outer;
    private final NestedColumns of;
    private final int size;
    private final List<int[]> byGroup;
    private final List<int[]> byBlock;

    /** Sums by group. */
    private final double[][] sums;

    private final int[] parent;
    private final double[] gram;
    private final double[] low;
    private final int stride;
    private final double[] sampleGram;
    private final double[][] values;
    /** Products of the rows of a block, summed by group: by pair; columns themselves beside the constant. */
    private final double[][] products;
    /** Sums over blocks by lane, by group pairs first, then by block pairs. */
    private final double[][] lanes;

    private int blocks;
    /** Runs of rows of one group in a block: where each begins, its group. */
    private final int[] runStart;

    private final int[] runNode;

    private NestedPass(Model model, Layout layout, Columns columns, int inner, int outer) {
        this.layout = layout;
        this.columns = columns;
        this.inner = inner;
        this.outer = outer;
        this.border = new Border(model);
        this.of = new NestedColumns(layout, columns, inner, outer);
        this.size = of.size;
        this.byGroup = of.byGroup;
        this.byBlock = of.byBlock;
        int nodes = layout.levels(inner);
        this.sums = new double[byGroup.size()][nodes];
        this.parent = new int[outer < 0 ? 0 : nodes];
        Arrays.fill(parent, -1);
        this.gram = new double[size * size];
        this.low = new double[size * size];
        int tops = layout.levels(outer < 0 ? inner : outer);
        this.stride = nodes >= MANY * SAMPLE ? Math.min(nodes / SAMPLE, tops / FEWEST) : 0;
        this.sampleGram = new double[size * size];
        this.values = new double[size][BLOCK];
        Arrays.fill(values[0], 1);
        this.products = new double[byGroup.size()][];
        for (int k = 1; k < products.length; k++) {
            int[] pair = byGroup.get(k);
            products[k] = pair[0] == 0 ? values[pair[1]] : new double[BLOCK];
        }
        this.lanes = new double[byGroup.size() + byBlock.size()][BLOCK];
        this.runStart = new int[BLOCK + 1];
        this.runNode = new int[BLOCK];
    }

    /** The sums of a model of one grouping factor or two of which one is nested in the other; null for any other. */
    static @Nullable NestedSums of(Model model, Layout layout) {
        Columns columns = model.columns();
        if (columns == null || model.residual() != null || layout.hasPrecision() || !suits(layout)) {
            return null;
        }
        int inner = layout.factors == 2 && layout.levels(1) > layout.levels(0) ? 1 : 0;
        int outer = layout.factors == 2 ? 1 - inner : -1;
        NestedPass pass = new NestedPass(model, layout, columns, inner, outer);
        return pass.of.distinct() && pass.sum() ? pass.finish() : null;
    }

    private static boolean suits(Layout layout) {
        if (layout.factors != 1 && layout.factors != 2) {
            return false;
        }
        for (int q : layout.width) {
            if (q > WIDEST) {
                return false;
            }
        }
        return true;
    }

    /** Centres and scales; false where the groups are not nested. */
    private boolean sum() {
        of.moments(border);
        for (Columns.Slice slice : columns.slices()) {
            for (int from = 0; from < slice.rows(); from += BLOCK) {
                int n = Math.min(BLOCK, slice.rows() - from);
                fill(slice, from, n);
                if (!block(slice, from, n)) {
                    return false;
                }
            }
        }
        flush();
        for (int i = 0; i < gram.length; i++) {
            gram[i] += low[i];
        }
        for (int top : parent) {
            if (top < 0) {
                return false; // a group without rows stands nowhere
            }
        }
        return true;
    }

    private void fill(Columns.Slice slice, int from, int n) {
        for (int k = 1; k < size; k++) {
            center(values[k], slice.values(k - 1), slice.from(k - 1) + from, of.centre[k], 1 / of.scale[k], n);
        }
    }

    private static void center(double[] out, double[] x, int from, double centre, double factor, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = (x[from + i] - centre) * factor;
        }
    }

    private boolean block(Columns.Slice slice, int from, int n) {
        int term = layout.anyTerm[inner];
        int runs = runs(slice.level(term), slice.levelFrom(term) + from, n);
        if (outer >= 0) {
            int[] around = slice.level(layout.anyTerm[outer]);
            int at = slice.levelFrom(layout.anyTerm[outer]) + from;
            for (int r = 0; r < runs; r++) {
                if (!nests(runNode[r], around, at, runStart[r], runStart[r + 1])) {
                    return false;
                }
            }
        }
        gram[0] += n;
        for (int r = 0; r < runs; r++) {
            sums[0][runNode[r]] += runStart[r + 1] - runStart[r];
        }
        for (int k = 1; k < products.length; k++) {
            int[] pair = byGroup.get(k);
            if (pair[0] > 0) {
                Lanes.product(products[k], values[pair[0]], values[pair[1]], n);
            }
            Lanes.add(lanes[k], products[k], n);
            addRuns(sums[k], products[k], runs);
        }
        for (int k = 0; k < byBlock.size(); k++) {
            int[] pair = byBlock.get(k);
            Lanes.addProduct(lanes[products.length + k], values[pair[0]], values[pair[1]], n);
        }
        if (stride > 0) {
            sample(runs);
        }
        if (++blocks == BLOCKS) {
            flush();
        }
        return true;
    }

    private int runs(int[] level, int at, int n) {
        int runs = 0;
        int last = -1;
        for (int i = 0; i < n; i++) {
            if (level[at + i] != last) {
                last = level[at + i];
                runStart[runs] = i;
                runNode[runs++] = last;
            }
        }
        runStart[runs] = n;
        return runs;
    }

    private void addRuns(double[] to, double[] x, int runs) {
        for (int r = 0; r < runs; r++) {
            to[runNode[r]] += sum(x, runStart[r], runStart[r + 1]);
        }
    }

    private void sample(int runs) {
        for (int r = 0; r < runs; r++) {
            if ((outer < 0 ? runNode[r] : parent[runNode[r]]) % stride == 0) {
                int begin = runStart[r];
                int end = runStart[r + 1];
                sampleGram[0] += end - begin;
                for (int k = 1; k < products.length; k++) {
                    int[] pair = byGroup.get(k);
                    sampleGram[pair[0] * size + pair[1]] += sum(products[k], begin, end);
                }
                for (int[] pair : byBlock) {
                    sampleGram[pair[0] * size + pair[1]] += dot(values[pair[0]], values[pair[1]], begin, end);
                }
            }
        }
    }

    /** Puts the sums by lane into the compensated ones. */
    private void flush() {
        for (int k = 1; k < lanes.length; k++) {
            int[] pair = k < products.length ? byGroup.get(k) : byBlock.get(k - products.length);
            int at = pair[0] * size + pair[1];
            for (int i = 0; i < BLOCK; i++) {
                add(at, lanes[k][i]);
                lanes[k][i] = 0;
            }
        }
        blocks = 0;
    }

    private boolean nests(int node, int[] around, int at, int begin, int end) {
        int top = around[at + begin];
        if (parent[node] < 0) {
            parent[node] = top;
        }
        boolean same = parent[node] == top;
        for (int i = begin; i < end; i++) {
            same &= around[at + i] == top;
        }
        return same;
    }

    /** Compensated sum (Neumaier, 1974). */
    private void add(int at, double value) {
        double before = gram[at];
        double after = before + value;
        low[at] += Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
        gram[at] = after;
    }

    private static double sum(double[] x, int from, int to) {
        double sum = 0;
        int i = from;
        if (to - from >= 16) {
            double a = 0;
            double b = 0;
            double c = 0;
            for (; i + 3 < to; i += 4) {
                sum += x[i];
                a += x[i + 1];
                b += x[i + 2];
                c += x[i + 3];
            }
            sum = sum + a + (b + c);
        }
        for (; i < to; i++) {
            sum += x[i];
        }
        return sum;
    }

    private static double dot(double[] x, double[] y, int from, int to) {
        double even = 0;
        double odd = 0;
        int i = from;
        for (; i + 1 < to; i += 2) {
            even += x[i] * y[i];
            odd += x[i + 1] * y[i + 1];
        }
        return i < to ? even + odd + x[i] * y[i] : even + odd;
    }

    // ---- from sums of centred columns to A and B --------------------------------------------------------------------

    private NestedSums finish() {
        int nodes = layout.levels(inner);
        int[] order = outer < 0 ? new int[0] : byParent();
        NestedSums sample = null;
        if (stride > 0) {
            int[] chosen = chosen(order, nodes);
            int tops = (layout.levels(outer < 0 ? inner : outer) + stride - 1) / stride;
            sample = make(select(chosen), chosen.length, parents(chosen, stride), tops, sampleGram, null);
        }
        boolean sorted = true;
        for (int i = 0; i < order.length; i++) {
            sorted &= order[i] == i;
        }
        int tops = outer < 0 ? 0 : layout.levels(outer);
        return make(sorted ? sums : select(order), nodes, parents(order, 1), tops, gram, sample);
    }

    /** The inner groups, those of one outer group together. */
    private int[] byParent() {
        int[] start = new int[layout.levels(outer) + 1];
        for (int top : parent) {
            start[top + 1]++;
        }
        for (int i = 1; i < start.length; i++) {
            start[i] += start[i - 1];
        }
        int[] order = new int[parent.length];
        for (int i = 0; i < order.length; i++) {
            order[start[parent[i]]++] = i;
        }
        return order;
    }

    private int[] chosen(int[] order, int nodes) {
        int[] out = new int[nodes];
        int count = 0;
        for (int k = 0; k < nodes; k++) {
            int i = outer < 0 ? k : order[k];
            if ((outer < 0 ? i : parent[i]) % stride == 0) {
                out[count++] = i;
            }
        }
        return Arrays.copyOf(out, count);
    }

    private double[][] select(int[] chosen) {
        double[][] out = new double[sums.length][chosen.length];
        for (int k = 0; k < out.length; k++) {
            for (int i = 0; i < chosen.length; i++) {
                out[k][i] = sums[k][chosen[i]];
            }
        }
        return out;
    }

    private int[] parents(int[] of, int divisor) {
        int[] out = new int[outer < 0 ? 0 : of.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = parent[of[i]] / divisor;
        }
        return out;
    }

    private NestedSums make(
            double[][] by, int nodes, int[] parents, int tops, double[] all, @Nullable NestedSums sample) {
        int[] xy = of.xy;
        int w = xy.length;
        double[] c = new double[w * w];
        for (int j = 0; j < w; j++) {
            for (int k = j; k < w; k++) {
                c[j * w + k] = all[Math.min(xy[j], xy[k]) * size + Math.max(xy[j], xy[k])];
            }
        }
        double[][] edge = of.products(by, nodes, of.zInner, of.zOuter);
        NestedSums.Level in = new NestedSums.Level(
                inner,
                nodes,
                of.zInner.length,
                of.triangle(by, nodes, of.zInner),
                edge,
                of.sides(by, nodes, of.zInner),
                parents);
        NestedSums.Level out = null;
        if (outer >= 0) {
            out = new NestedSums.Level(
                    outer,
                    tops,
                    of.zOuter.length,
                    gathered(of.triangle(by, nodes, of.zOuter), parents, tops),
                    new double[0][],
                    gathered(of.sides(by, nodes, of.zOuter), parents, tops),
                    new int[0]);
        }
        double n = 0;
        for (double count : by[0]) {
            n += count;
        }
        return new NestedSums(layout, border, in, out, c, n, sample);
    }

    private static double[][] gathered(double[][] of, int[] parents, int tops) {
        double[][] out = new double[of.length][tops];
        for (int k = 0; k < of.length; k++) {
            for (int i = 0; i < parents.length; i++) {
                out[k][parents[i]] += of[k][i];
            }
        }
        return out;
    }
}
