package henderson.equations;

import henderson.linalg.BlockFactor;
import henderson.linalg.Elimination;

/** Diagonal blocks of {@code AΛM⁻¹}, theory (24): only entries of M⁻¹ on the pattern of A are read. */
final class PatternProducts {
    private final Layout layout;
    private final Condensed condensed;
    private final BlockFactor factor;
    private final Elimination elimination;
    private final LambdaBlocks lambda;
    private final int[] factorOfNode;
    private final EdgeLists edges;

    PatternProducts(
            Layout layout,
            Condensed condensed,
            BlockFactor factor,
            LambdaBlocks lambda,
            int[] factorOfNode,
            EdgeLists edges) {
        this.layout = layout;
        this.condensed = condensed;
        this.factor = factor;
        this.elimination = factor.elimination();
        this.lambda = lambda;
        this.factorOfNode = factorOfNode;
        this.edges = edges;
    }

    /** {@code sum += A_ll Λ_l M⁻¹_ll}, rows and columns of term t. Modified. */
    void own(int t, int node, double[] sum) {
        int width = condensed.graph.size(node);
        int z = factor.inverseOffset(node, node);
        product(condensed.diagonal, condensed.diagonalOffset[node], width, width, false, node, node, z, t, sum);
    }

    /** What edge k adds to the terms of its two nodes, as far as they are wanted. Modified. */
    void edge(int k, boolean[] wanted, double[][] sums) {
        int first = condensed.graph.first(k);
        int second = condensed.graph.second(k);
        int rows = condensed.graph.size(first);
        int columns = condensed.graph.size(second);
        int z = edges.inverse[k];
        for (int t = 0; t < wanted.length; t++) {
            if (wanted[t] && layout.factorOf[t] == factorOfNode[first]) {
                product(condensed.edge, condensed.edgeOffset[k], rows, columns, false, second, first, z, t, sums[t]);
            }
            if (wanted[t] && layout.factorOf[t] == factorOfNode[second]) {
                product(condensed.edge, condensed.edgeOffset[k], columns, rows, true, first, second, z, t, sums[t]);
            }
        }
    }

    /** {@code sum += A_lm Λ_m M⁻¹_ml}, rows and columns of term t of level l; A is rows × columns or stored transposed. */
    private void product(
            double[] a, int at, int rows, int columns, boolean transposed, int m, int l, int z, int t, double[] sum) {
        int q = layout.columns[t];
        int from = layout.columnOf[t];
        double[] block = lambda.of(factorOfNode[m]);
        double[] inverse = factor.inverse();
        boolean mFirst = m == l || elimination.earlier(m, l) == m;
        int stride = factor.inverseStride(mFirst ? m : l);
        for (int i = 0; i < q; i++) {
            for (int x = 0; x < columns; x++) {
                double al = 0; // (AΛ)_{i,x}
                for (int k = 0; k < columns; k++) {
                    double entry = transposed ? a[at + k * rows + from + i] : a[at + (from + i) * columns + k];
                    al += entry * block[k * columns + x];
                }
                for (int j = 0; j < q; j++) {
                    double mi = mFirst ? inverse[z + x * stride + from + j] : inverse[z + (from + j) * stride + x];
                    sum[i * q + j] += al * mi;
                }
            }
        }
    }
}
