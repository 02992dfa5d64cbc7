package henderson.linalg;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Random rows {@code [Z xy]} over a graph, each with entries of one node or of joined ones, and what they add up to:
 * {@code M = I + ZᵀZ}, {@code B = Zᵀxy}, {@code C = xyᵀxy}, dense, in the order of elimination.
 */
final class Rowed {
    final BlockGraph graph;
    final Elimination e;
    final BlockFactor factor;
    final BlockFactor.Scratch scratch;
    final int border;
    final DMatrixRMaj m;
    final DMatrixRMaj b;
    final DMatrixRMaj c;
    /** {@code M = RᵀR}. */
    final DMatrixRMaj r;
    /** {@code K = R⁻ᵀB}. */
    final DMatrixRMaj k;

    private final int rows;
    private final int[][] nodes;
    private final DMatrixRMaj z;
    private final DMatrixRMaj xy;

    Rowed(BlockGraph graph, boolean[] leading, int border, Random random) {
        this.graph = graph;
        this.border = border;
        this.e = Elimination.of(graph, leading, border);
        this.factor = new BlockFactor(e);
        this.scratch = factor.scratch();
        int order = factor.order();
        this.rows = 2 * graph.nodes() + graph.edges();
        this.nodes = new int[rows][];
        this.z = new DMatrixRMaj(rows, order);
        this.xy = Dense.gaussian(rows, border, random);
        for (int i = 0; i < rows; i++) {
            int edge = i - 2 * graph.nodes();
            nodes[i] = edge < 0 ? new int[] {i / 2} : clique(edge, random);
            for (int node : nodes[i]) {
                for (int a = 0; a < graph.size(node); a++) {
                    z.set(i, factor.row(node) + a, random.nextGaussian());
                }
            }
        }
        this.m = CommonOps_DDRM.identity(order);
        CommonOps_DDRM.multAddTransA(z, z, m);
        this.b = Dense.product(z, xy);
        this.c = Dense.product(xy, xy);
        this.r = Dense.cholesky(m);
        this.k = Dense.solve(Dense.transposed(r), b);
    }

    /** An edge's nodes and, if there is one, another that is joined to both. */
    private int[] clique(int edge, Random random) {
        int f = graph.first(edge);
        int g = graph.second(edge);
        int h = random.nextInt(graph.nodes());
        return h != f && h != g && graph.edge(f, h) >= 0 && graph.edge(g, h) >= 0
                ? new int[] {f, g, h}
                : new int[] {f, g};
    }

    /** Puts M and B into the panels; NaN where nobody may look, below the diagonal. */
    void assemble() {
        double[] panels = factor.panels();
        for (int c = 0; c < e.components(); c++) {
            factor.clear(c);
        }
        for (int s = 0; s < e.steps(); s++) {
            int[] columns = columns(s);
            for (int i = 0; i < e.columns(s); i++) {
                int at = e.panel(s) + i * e.width(s);
                for (int j = 0; j < columns.length; j++) {
                    panels[at + j] = j < i ? Double.NaN : m.get(columns[i], columns[j]);
                }
                for (int j = 0; j < border; j++) {
                    panels[at + columns.length + j] = b.get(columns[i], j);
                }
            }
        }
    }

    /** Cholesky of all components; null where it is refused, otherwise {@code KᵀK}, its upper triangle. */
    double[] cholesky() {
        double[] cross = new double[border * border];
        for (int c = 0; c < e.components(); c++) {
            if (!factor.cholesky(c, cross, scratch)) {
                return null;
            }
        }
        return cross;
    }

    /** Rotates all rows into the identity; returns what is left, a triangle T with {@code TᵀT = C − KᵀK}. */
    double[] rotate() {
        double[] triangle = new double[border * border];
        for (int c = 0; c < e.components(); c++) {
            factor.identity(c);
        }
        for (int i = 0; i < rows; i++) {
            int step = Arrays.stream(nodes[i]).map(e::stepOf).min().orElseThrow();
            int width = e.width(step);
            double[] row = scratch.row();
            Arrays.fill(row, 0, width, 0);
            int first = width;
            for (int node : nodes[i]) {
                int column = e.columnIn(step, node);
                first = Math.min(first, column);
                for (int a = 0; a < graph.size(node); a++) {
                    row[column + a] = z.get(i, factor.row(node) + a);
                }
            }
            for (int j = 0; j < border; j++) {
                row[width - border + j] = xy.get(i, j);
            }
            scratch.absorb(factor.panels(), step, first, triangle);
        }
        return triangle;
    }

    /** Columns of M that stand in the panel of a step, own and reach. */
    int[] columns(int s) {
        int[] out = new int[e.width(s) - border];
        int at = 0;
        for (int k = 0; k < e.memberCount(s) + e.reachCount(s); k++) {
            int node = k < e.memberCount(s) ? e.member(s, k) : e.reach(s, k - e.memberCount(s));
            for (int a = 0; a < graph.size(node); a++) {
                out[at++] = factor.row(node) + a;
            }
        }
        return out;
    }

    /** R as the panels have it, zero where they have nothing. */
    DMatrixRMaj factorR() {
        DMatrixRMaj out = new DMatrixRMaj(factor.order(), factor.order());
        for (int s = 0; s < e.steps(); s++) {
            int[] columns = columns(s);
            for (int i = 0; i < e.columns(s); i++) {
                for (int j = i; j < columns.length; j++) {
                    out.set(columns[i], columns[j], factor.panels()[e.panel(s) + i * e.width(s) + j]);
                }
            }
        }
        return out;
    }

    /** K as the panels have it. */
    DMatrixRMaj factorK() {
        DMatrixRMaj out = new DMatrixRMaj(factor.order(), border);
        for (int s = 0; s < e.steps(); s++) {
            int[] columns = columns(s);
            for (int i = 0; i < e.columns(s); i++) {
                int from = e.panel(s) + i * e.width(s) + columns.length;
                System.arraycopy(factor.panels(), from, out.data, columns[i] * border, border);
            }
        }
        return out;
    }
}
