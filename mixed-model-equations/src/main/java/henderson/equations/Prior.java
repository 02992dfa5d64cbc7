package henderson.equations;

import henderson.api.LevelPrecision;
import henderson.linalg.BlockGraph;
import java.util.Arrays;

/**
 * The precision of {@code v} that {@code ΛᵀAΛ} is added to: the identity, or {@code K⁻¹ ⊗ I} where the levels of a term are
 * correlated by a known matrix, theory (13).
 */
final class Prior {
    /** Diagonal entry of each node. */
    final double[] node;
    /** Entry of each edge. */
    final double[] edge;
    /** {@code log|K ⊗ I|} over all terms. */
    final double logDeterminant;

    Prior(Layout layout, BlockGraph graph) {
        this.node = new double[graph.nodes()];
        this.edge = new double[graph.edges()];
        Arrays.fill(node, 1);
        double log = 0;
        for (int t = 0; t < layout.columns.length; t++) {
            LevelPrecision precision = layout.terms.get(t).precision();
            if (precision != null) {
                log -= layout.columns[t] * precision.logDeterminant();
                for (int i = 0; i < precision.values().length; i++) {
                    int a = layout.node(t, precision.rows()[i]);
                    int b = layout.node(t, precision.columns()[i]);
                    if (a == b) {
                        node[a] = precision.values()[i];
                    } else {
                        edge[graph.edge(a, b)] = precision.values()[i];
                    }
                }
            }
        }
        this.logDeterminant = log;
    }
}
