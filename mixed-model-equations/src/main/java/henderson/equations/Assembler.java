package henderson.equations;

import henderson.linalg.BlockFactor;
import henderson.linalg.Elimination;

/** Condensed sums to {@code M = I + ΛᵀAΛ} (or with a known precision of levels in place of I) and {@code ΛᵀB}, theory (6),
 * (11), (13). */
final class Assembler {
    private Assembler() {}

    /** Fills the panels of one component with M, and its border with ΛᵀB. */
    static void assemble(
            Elimination elimination,
            Condensed condensed,
            EdgeLists edges,
            LambdaBlocks lambda,
            int[] factorOfNode,
            Prior prior,
            int component,
            BlockFactor factor,
            double[] work) {
        int border = condensed.border;
        factor.clear(component);
        double[] panels = factor.panels();
        int firstStep = elimination.firstStep(component);
        int lastStep = elimination.firstStep(component + 1);
        for (int s = firstStep; s < lastStep; s++) {
            int width = elimination.width(s);
            for (int k = 0; k < elimination.memberCount(s); k++) {
                int node = elimination.member(s, k);
                double[] l = lambda.of(factorOfNode[node]);
                int q = condensed.graph.size(node);
                int column = elimination.columnIn(s, node);
                int at = elimination.panel(s) + column * width;
                int a = condensed.diagonalOffset[node];
                int b = condensed.row[node] * border;
                if (q == 1) {
                    panels[at + column] = prior.node[node] + l[0] * l[0] * condensed.diagonal[a];
                    for (int c = 0; c < border; c++) {
                        panels[at + width - border + c] = l[0] * condensed.b[b + c];
                    }
                } else {
                    sandwich(condensed.diagonal, a, q, q, l, l, false, work, panels, at + column, width);
                    for (int i = 0; i < q; i++) {
                        panels[at + i * width + column + i] += prior.node[node];
                        for (int j = 0; j < q; j++) {
                            double f = l[j * q + i];
                            if (f != 0) {
                                for (int c = 0; c < border; c++) {
                                    panels[at + i * width + width - border + c] += f * condensed.b[b + j * border + c];
                                }
                            }
                        }
                    }
                }
            }
        }
        if (edges.scalar) {
            for (int i = edges.start(firstStep); i < edges.start(lastStep); i++) {
                int k = edges.edge(i);
                double f = lambda.of(factorOfNode[condensed.graph.first(k)])[0];
                double g = lambda.of(factorOfNode[condensed.graph.second(k)])[0];
                panels[edges.panel[k]] = f * condensed.edge[condensed.edgeOffset[k]] * g + prior.edge[k];
            }
            return;
        }
        for (int i = edges.start(firstStep); i < edges.start(lastStep); i++) {
            int k = edges.edge(i);
            int f = condensed.graph.first(k);
            int g = condensed.graph.second(k);
            boolean straight = edges.straight[k];
            int row = straight ? f : g;
            int other = straight ? g : f;
            sandwich(
                    condensed.edge,
                    condensed.edgeOffset[k],
                    condensed.graph.size(row),
                    condensed.graph.size(other),
                    lambda.of(factorOfNode[row]),
                    lambda.of(factorOfNode[other]),
                    !straight,
                    work,
                    panels,
                    edges.panel[k],
                    elimination.stride(row));
            if (prior.edge[k] != 0) {
                for (int d = 0; d < condensed.graph.size(row); d++) {
                    panels[edges.panel[k] + d * elimination.stride(row) + d] += prior.edge[k];
                }
            }
        }
    }

    /** {@code out ← LᵀAN}; A is rows × columns, or stored transposed. */
    private static void sandwich(
            double[] a,
            int at,
            int rows,
            int columns,
            double[] l,
            double[] n,
            boolean transposed,
            double[] work,
            double[] out,
            int into,
            int stride) {
        if (rows == 1 && columns == 1) {
            out[into] = l[0] * a[at] * n[0];
            return;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int k = 0; k < columns; k++) {
                    sum += (transposed ? a[at + k * rows + i] : a[at + i * columns + k]) * n[k * columns + j];
                }
                work[i * columns + j] = sum;
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int k = 0; k < rows; k++) {
                    sum += l[k * rows + i] * work[k * columns + j];
                }
                out[into + i * stride + j] = sum;
            }
        }
    }
}
