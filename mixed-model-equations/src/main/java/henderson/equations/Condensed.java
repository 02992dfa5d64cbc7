package henderson.equations;

import henderson.linalg.BlockFactor;
import henderson.linalg.BlockGraph;
import henderson.linalg.Elimination;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the rows leave behind once they are whitened: cross-products on the graph of blocks, and, where they can be had at a
 * fair price, the square root of the same, theory (8) and (9). Rows are added one by one; a row holds entries of some
 * nodes and of the border {@code [X̃ ỹ]}.
 *
 * <p>Vectors over all random effects are in the order of elimination, see {@link BlockFactor#row(int)}.
 */
final class Condensed {
    final Elimination elimination;
    final BlockGraph graph;
    final int border;
    /** Offset of node i's diagonal block in {@link #diagonal}. */
    final int[] diagonalOffset;
    /** A_ll, full, size × size. */
    final double[] diagonal;
    /** Offset of edge e's block in {@link #edge}. */
    final int[] edgeOffset;
    /** A of an edge's first node by its second, row-major. */
    final double[] edge;
    /** First row of node i in vectors, elimination order. */
    final int[] row;
    /** B = Z̃ᵀ[X̃ ỹ], order × border. */
    final double[] b;
    /** [X̃ ỹ]ᵀ[X̃ ỹ], upper triangle, border × border. */
    final double[] c;
    /** R_Z and c of theory (9) in the layout of panels; null where rotations are too dear. */
    final double @Nullable [] root;
    /** What the rotations leave of the border, upper triangular, border × border. */
    final double[] rootBorder;

    /** What rounding took from the sums b and c so far. */
    private final double[] bLow;

    private final double[] cLow;
    private final BlockFactor.Scratch scratch;
    private int[] lastNodes = new int[0];
    private int lastCount = -1;
    private int[] lastEdges = new int[0];
    private boolean[] lastFlipped = new boolean[0];

    /**
     * Empty sums.
     *
     * @param factor lends its pattern and its scratch; its panels are not touched
     */
    Condensed(BlockFactor factor, boolean withRoot) {
        this.elimination = factor.elimination();
        this.graph = elimination.graph();
        this.border = elimination.border();
        int nodes = graph.nodes();
        this.diagonalOffset = new int[nodes + 1];
        this.row = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            diagonalOffset[i + 1] = diagonalOffset[i] + graph.size(i) * graph.size(i);
            row[i] = factor.row(i);
        }
        this.edgeOffset = new int[graph.edges() + 1];
        for (int k = 0; k < graph.edges(); k++) {
            edgeOffset[k + 1] = edgeOffset[k] + graph.size(graph.first(k)) * graph.size(graph.second(k));
        }
        this.diagonal = new double[diagonalOffset[nodes]];
        this.edge = new double[edgeOffset[graph.edges()]];
        this.b = new double[factor.order() * border];
        this.c = new double[border * border];
        this.bLow = new double[b.length];
        this.cLow = new double[c.length];
        this.root = withRoot ? new double[elimination.panelLength()] : null;
        this.rootBorder = new double[border * border];
        this.scratch = factor.scratch();
    }

    boolean hasRoot() {
        return root != null;
    }

    /** Forgets all rows. */
    void clear() {
        Arrays.fill(diagonal, 0);
        Arrays.fill(edge, 0);
        Arrays.fill(b, 0);
        Arrays.fill(c, 0);
    }

    /** Forgets the rows in the square root of the sums. */
    void clearRoot() {
        Arrays.fill(rootBorder, 0);
        if (root != null) {
            Arrays.fill(root, 0);
        }
    }

    /**
     * Adds a row.
     *
     * @param count  number of nodes the row has entries of
     * @param nodes  those nodes, different from one another
     * @param z      their entries, one node after the other
     * @param xy     the border's entries
     * @param weight the row counts so often
     */
    void add(int count, int[] nodes, double[] z, double[] xy, double weight) {
        if (count != lastCount || !Arrays.equals(nodes, 0, count, lastNodes, 0, count)) {
            remember(count, nodes);
        }
        addProducts(count, nodes, z, weight);
        int from = 0;
        for (int i = 0; i < count; i++) {
            int into = row[nodes[i]] * border;
            for (int a = 0; a < graph.size(nodes[i]); a++, from++) {
                double f = weight * z[from];
                for (int k = 0; k < border; k++) {
                    addTo(b, bLow, into + a * border + k, f * xy[k]);
                }
            }
        }
        for (int a = 0; a < border; a++) {
            double f = weight * xy[a];
            for (int k = a; k < border; k++) {
                addTo(c, cLow, a * border + k, f * xy[k]);
            }
        }
        if (root != null) {
            rotate(count, nodes, z, xy, Math.sqrt(weight));
        }
    }

    /**
     * Adds the cross-products of several rows that have entries of the same nodes.
     *
     * @param products {@code UᵀU} of {@code U = [Z X̃ ỹ]}, upper triangle, width × width
     */
    void addProducts(int count, int[] nodes, double[] products, int width) {
        if (count != lastCount || !Arrays.equals(nodes, 0, count, lastNodes, 0, count)) {
            remember(count, nodes);
        }
        int from = 0;
        int pair = 0;
        int edgeOf = width - border;
        for (int i = 0; i < count; i++) {
            int q = graph.size(nodes[i]);
            int at = diagonalOffset[nodes[i]];
            for (int a = 0; a < q; a++) {
                for (int k = 0; k < q; k++) {
                    int r = from + Math.min(a, k);
                    diagonal[at + a * q + k] += products[r * width + from + Math.max(a, k)];
                }
                for (int k = 0; k < border; k++) {
                    addTo(b, bLow, (row[nodes[i]] + a) * border + k, products[(from + a) * width + edgeOf + k]);
                }
            }
            int other = from + q;
            for (int j = i + 1; j < count; j++, pair++) {
                int r = graph.size(nodes[j]);
                int into = edgeOffset[lastEdges[pair]];
                for (int a = 0; a < q; a++) {
                    for (int k = 0; k < r; k++) {
                        edge[into + (lastFlipped[pair] ? k * q + a : a * r + k)] +=
                                products[(from + a) * width + other + k];
                    }
                }
                other += r;
            }
            from += q;
        }
        for (int a = 0; a < border; a++) {
            for (int k = a; k < border; k++) {
                addTo(c, cLow, a * border + k, products[(edgeOf + a) * width + edgeOf + k]);
            }
        }
    }

    /** Compensated sum (Neumaier, 1974): long columns with few distinct values lose digits systematically otherwise. */
    private static void addTo(double[] high, double[] low, int at, double value) {
        double before = high[at];
        double after = before + value;
        low[at] += Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
        high[at] = after;
    }

    /** Takes what compensation has gathered into the sums; after the last row. */
    void close() {
        settle(b, bLow);
        settle(c, cLow);
    }

    private static void settle(double[] high, double[] low) {
        for (int i = 0; i < high.length; i++) {
            high[i] += low[i];
            low[i] = 0;
        }
    }

    /** Adds {@code weight · zzᵀ} alone; the weight may be negative. */
    void addWeighted(int count, int[] nodes, double[] z, double weight) {
        if (count != lastCount || !Arrays.equals(nodes, 0, count, lastNodes, 0, count)) {
            remember(count, nodes);
        }
        addProducts(count, nodes, z, weight);
    }

    private void addProducts(int count, int[] nodes, double[] z, double weight) {
        int from = 0;
        int pair = 0;
        for (int i = 0; i < count; i++) {
            int q = graph.size(nodes[i]);
            int at = diagonalOffset[nodes[i]];
            for (int a = 0; a < q; a++) {
                double f = weight * z[from + a];
                for (int k = 0; k < q; k++) {
                    diagonal[at + a * q + k] += f * z[from + k];
                }
            }
            int other = from + q;
            for (int j = i + 1; j < count; j++, pair++) {
                addEdge(pair, q, graph.size(nodes[j]), z, from, other, weight);
                other += graph.size(nodes[j]);
            }
            from += q;
        }
    }

    private void addEdge(int pair, int q, int r, double[] z, int from, int other, double weight) {
        int at = edgeOffset[lastEdges[pair]];
        boolean flipped = lastFlipped[pair];
        int rows = flipped ? r : q;
        int columns = flipped ? q : r;
        int rowFrom = flipped ? other : from;
        int columnFrom = flipped ? from : other;
        for (int a = 0; a < rows; a++) {
            double f = weight * z[rowFrom + a];
            for (int k = 0; k < columns; k++) {
                edge[at + a * columns + k] += f * z[columnFrom + k];
            }
        }
    }

    private void remember(int count, int[] nodes) {
        if (lastNodes.length < count) {
            lastNodes = new int[count];
            lastEdges = new int[count * count];
            lastFlipped = new boolean[count * count];
        }
        System.arraycopy(nodes, 0, lastNodes, 0, count);
        lastCount = count;
        int pair = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++, pair++) {
                lastEdges[pair] = graph.edge(nodes[i], nodes[j]);
                lastFlipped[pair] = nodes[i] > nodes[j];
            }
        }
    }

    /** Rotates a row into the square root of the sums, {@code scale} times. */
    void rotate(int count, int[] nodes, double[] z, double[] xy, double scale) {
        int step = elimination.steps();
        int first = 0;
        for (int i = 0; i < count; i++) {
            step = Math.min(step, elimination.stepOf(nodes[i]));
        }
        double[] line = scratch.row();
        if (count == 0) {
            for (int k = 0; k < border; k++) {
                line[k] = scale * xy[k];
            }
            BlockFactor.absorbBorder(rootBorder, line, border);
            return;
        }
        int width = elimination.width(step);
        Arrays.fill(line, 0, width, 0);
        int from = 0;
        first = width;
        for (int i = 0; i < count; i++) {
            int column = elimination.columnIn(step, nodes[i]);
            first = Math.min(first, column);
            for (int a = 0; a < graph.size(nodes[i]); a++) {
                line[column + a] = scale * z[from++];
            }
        }
        for (int k = 0; k < border; k++) {
            line[width - border + k] = scale * xy[k];
        }
        scratch.absorb(root, step, first, rootBorder);
    }

    /**
     * {@code out ← A x} for {@code m} columns; both order × m, rows of component {@code component} only. {@code out} is
     * modified.
     */
    void multiply(int component, double[] x, int m, double[] out, EdgeLists lists) {
        int first = elimination.firstStep(component);
        int last = elimination.firstStep(component + 1);
        for (int s = first; s < last; s++) {
            for (int k = 0; k < elimination.memberCount(s); k++) {
                int node = elimination.member(s, k);
                int q = graph.size(node);
                int r = row[node] * m;
                Arrays.fill(out, r, r + q * m, 0);
                addBlock(diagonal, diagonalOffset[node], q, q, x, r, m, out, r);
            }
        }
        for (int i = lists.start(first); i < lists.start(last); i++) {
            int k = lists.edge(i);
            int f = graph.first(k);
            int g = graph.second(k);
            int rows = graph.size(f);
            int columns = graph.size(g);
            addBlock(edge, edgeOffset[k], rows, columns, x, row[g] * m, m, out, row[f] * m);
            addTransposed(edge, edgeOffset[k], rows, columns, x, row[f] * m, m, out, row[g] * m);
        }
    }

    private static void addBlock(
            double[] a, int at, int rows, int columns, double[] x, int from, int m, double[] out, int into) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double f = a[at + i * columns + j];
                for (int k = 0; k < m; k++) {
                    out[into + i * m + k] += f * x[from + j * m + k];
                }
            }
        }
    }

    private static void addTransposed(
            double[] a, int at, int rows, int columns, double[] x, int from, int m, double[] out, int into) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double f = a[at + i * columns + j];
                for (int k = 0; k < m; k++) {
                    out[into + j * m + k] += f * x[from + i * m + k];
                }
            }
        }
    }
}
