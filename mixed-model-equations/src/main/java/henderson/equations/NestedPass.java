package henderson.equations;

import henderson.api.Columns;
import henderson.api.Model;
import java.util.ArrayList;
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
    /** Number of columns, the constant included: it comes first, column k is number k + 1. */
    private final int size;

    private final double[] centre;
    private final double[] scale;
    /** Number of each column of {@code [X y]}. */
    private final int[] xy;
    /** Number of each column of Z of the inner and the outer factor. */
    private final int[] zInner;

    private final int[] zOuter;
    /** Pairs of numbers, the smaller first, summed by group; the constant's with itself is the first. */
    private final List<int[]> byGroup = new ArrayList<>();
    /** Place of a pair among them, or −1; size × size, upper triangle. */
    private final int[] place;
    /** Pairs of {@code [X y]} summed by block only. */
    private final List<int[]> byBlock = new ArrayList<>();

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
        this.size = columns.count() + 1;
        this.border = new Border(model);
        int p = border.p;
        this.xy = new int[p + 1];
        for (int j = 0; j < p; j++) {
            xy[j] = columns.x()[j] + 1;
        }
        xy[p] = columns.y() + 1;
        this.zInner = ofFactor(inner);
        this.zOuter = outer < 0 ? new int[0] : ofFactor(outer);
        this.centre = new double[size];
        this.scale = new double[size];
        Arrays.fill(scale, 1);
        this.place = new int[size * size];
        Arrays.fill(place, -1);
        pairs();
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
        return pass.distinct() && pass.sum() ? pass.finish() : null;
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

    private int[] ofFactor(int factor) {
        int[] out = new int[layout.width[factor]];
        for (int t = 0; t < layout.columns.length; t++) {
            for (int i = 0; layout.factorOf[t] == factor && i < layout.columns[t]; i++) {
                out[layout.columnOf[t] + i] = columns.z(t)[i] + 1;
            }
        }
        return out;
    }

    /** Whether no two columns of {@code [X y]} are one: each has a centre and a scale of its own. */
    private boolean distinct() {
        return Arrays.stream(xy).distinct().count() == xy.length;
    }

    private void pairs() {
        addPair(0, 0);
        for (int[] z : new int[][] {zInner, zOuter}) {
            for (int i : z) {
                addPair(0, i);
                for (int k : xy) {
                    addPair(0, k);
                    addPair(i, k);
                }
                for (int k : zInner) {
                    addPair(i, k);
                }
                for (int k : zOuter) {
                    addPair(i, k);
                }
            }
        }
        for (int j = 0; j < xy.length; j++) {
            for (int k = j; k < xy.length; k++) {
                int a = Math.min(xy[j], xy[k]);
                int b = Math.max(xy[j], xy[k]);
                if (place[a * size + b] < 0) {
                    byBlock.add(new int[] {a, b});
                }
            }
        }
    }

    private void addPair(int i, int k) {
        int a = Math.min(i, k);
        int b = Math.max(i, k);
        if (place[a * size + b] < 0) {
            place[a * size + b] = byGroup.size();
            byGroup.add(new int[] {a, b});
        }
    }

    /** Centres and scales; false where the groups are not nested. */
    private boolean sum() {
        moments();
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
        return true;
    }

    private void moments() {
        double[][] moments = ColumnMoments.of(columns);
        double[] mean = new double[xy.length];
        double[] variance = new double[xy.length];
        for (int j = 0; j < xy.length; j++) {
            mean[j] = xy[j] == 0 ? 1 : moments[0][xy[j] - 1];
            variance[j] = xy[j] == 0 ? 0 : moments[1][xy[j] - 1];
        }
        border.close(mean, variance);
        for (int j = 0; j < border.p; j++) {
            centre[xy[j]] = border.centre[j];
            scale[xy[j]] = border.scale[j];
        }
        centre[xy[border.p]] = border.responseCentre;
    }

    private void fill(Columns.Slice slice, int from, int n) {
        for (int k = 1; k < size; k++) {
            center(values[k], slice.values(k - 1), slice.from(k - 1) + from, centre[k], 1 / scale[k], n);
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
            double[][] of, int nodes, int[] parents, int tops, double[] all, @Nullable NestedSums sample) {
        int w = xy.length;
        double[] c = new double[w * w];
        for (int j = 0; j < w; j++) {
            for (int k = j; k < w; k++) {
                c[j * w + k] = all[Math.min(xy[j], xy[k]) * size + Math.max(xy[j], xy[k])];
            }
        }
        double[][] edge = products(of, nodes, zInner, zOuter);
        NestedSums.Level in = new NestedSums.Level(
                inner, nodes, zInner.length, triangle(of, nodes, zInner), edge, sides(of, nodes, zInner), parents);
        NestedSums.Level out = null;
        if (outer >= 0) {
            out = new NestedSums.Level(
                    outer,
                    tops,
                    zOuter.length,
                    gathered(triangle(of, nodes, zOuter), parents, tops),
                    new double[0][],
                    gathered(sides(of, nodes, zOuter), parents, tops),
                    new int[0]);
        }
        double n = 0;
        for (double count : of[0]) {
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

    private double[][] triangle(double[][] of, int nodes, int[] z) {
        double[][] out = new double[z.length * (z.length + 1) / 2][];
        for (int i = 0; i < z.length; i++) {
            for (int j = i; j < z.length; j++) {
                out[NestedSums.Level.entry(i, j, z.length)] = raw(of, nodes, z[i], z[j]);
            }
        }
        return out;
    }

    private double[][] products(double[][] of, int nodes, int[] z, int[] other) {
        double[][] out = new double[z.length * other.length][];
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < other.length; j++) {
                out[i * other.length + j] = raw(of, nodes, z[i], other[j]);
            }
        }
        return out;
    }

    /** Z̃ᵀ[X̃ ỹ]: only the columns of Z are put back as they were. */
    private double[][] sides(double[][] of, int nodes, int[] z) {
        int w = xy.length;
        double[][] out = new double[z.length * w][];
        for (int i = 0; i < z.length; i++) {
            for (int k = 0; k < w; k++) {
                double[] product = pair(of, z[i], xy[k]);
                out[i * w + k] =
                        z[i] == 0 ? product : combined(nodes, scale[z[i]], product, centre[z[i]], pair(of, 0, xy[k]));
            }
        }
        return out;
    }

    /** Sums of products of two columns as given, from those of {@code ũ = (u − centre)/scale}. */
    private double[] raw(double[][] of, int nodes, int i, int j) {
        if (i == 0 && j == 0) {
            return pair(of, 0, 0);
        }
        if (i == 0 || j == 0) {
            int k = Math.max(i, j);
            return combined(nodes, scale[k], pair(of, 0, k), centre[k], pair(of, 0, 0));
        }
        double[] half = combined(nodes, scale[i], pair(of, i, j), centre[i], pair(of, 0, j));
        double[] rest = combined(nodes, scale[i], pair(of, 0, i), centre[i], pair(of, 0, 0));
        return combined(nodes, scale[j], half, centre[j], rest);
    }

    private double[] pair(double[][] of, int i, int j) {
        return of[place[Math.min(i, j) * size + Math.max(i, j)]];
    }

    private static double[] combined(int nodes, double s, double[] x, double t, double[] y) {
        double[] out = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            out[i] = s * x[i] + t * y[i];
        }
        return out;
    }
}
