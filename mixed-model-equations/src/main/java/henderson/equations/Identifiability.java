package henderson.equations;

import henderson.linalg.BlockGraph;
import org.ejml.data.DMatrixRMaj;

/**
 * The Gram matrix of {@code V} and its derivatives with respect to the parameters of random terms, theory (43): a null
 * direction is a combination of parameters that leaves {@code V} unchanged.
 */
public final class Identifiability {
    private Identifiability() {}

    /**
     * Inner products {@code ⟨V_j, V_k⟩}, {@code V_k = Z̃(∂G/∂τ_k)Z̃ᵀ}; the last row and column belong to the identity (the
     * residual variance). Scaled to a unit diagonal; a parameter without effect has a zero row.
     *
     * @param termOf     term of each parameter
     * @param derivative ∂G of each parameter's term
     * @return (m + 1) × (m + 1)
     */
    public static DMatrixRMaj gram(LinearEquations equations, int[] termOf, DMatrixRMaj[] derivative) {
        int m = termOf.length;
        DMatrixRMaj out = new DMatrixRMaj(m + 1, m + 1);
        Layout layout = equations.layout;
        Condensed c = equations.condensed;
        BlockGraph graph = c.graph;
        double[][] wide = new double[m][];
        for (int k = 0; k < m; k++) {
            wide[k] = widen(layout, termOf[k], derivative[k]);
        }
        for (int node = 0; node < graph.nodes(); node++) {
            int q = graph.size(node);
            int f = equations.factorOfNode[node];
            double[] a = new double[q * q];
            System.arraycopy(c.diagonal, c.diagonalOffset[node], a, 0, q * q);
            for (int j = 0; j < m; j++) {
                if (layout.factorOf[termOf[j]] == f) {
                    out.data[j * (m + 1) + m] += trace(wide[j], a, q);
                    for (int k = 0; k < m; k++) {
                        if (layout.factorOf[termOf[k]] == f) {
                            out.data[j * (m + 1) + k] += product(wide[j], a, wide[k], q, q);
                        }
                    }
                }
            }
        }
        for (int e = 0; e < graph.edges(); e++) {
            int first = graph.first(e);
            int second = graph.second(e);
            int rows = graph.size(first);
            int columns = graph.size(second);
            double[] a = new double[rows * columns];
            System.arraycopy(c.edge, c.edgeOffset[e], a, 0, a.length);
            for (int j = 0; j < m; j++) {
                for (int k = 0; k < m; k++) {
                    if (layout.factorOf[termOf[j]] == equations.factorOfNode[first]
                            && layout.factorOf[termOf[k]] == equations.factorOfNode[second]) {
                        double value = product(wide[j], a, wide[k], rows, columns);
                        out.data[j * (m + 1) + k] += value;
                        out.data[k * (m + 1) + j] += value;
                    }
                }
            }
        }
        for (int j = 0; j < m; j++) {
            out.data[m * (m + 1) + j] = out.data[j * (m + 1) + m];
        }
        out.data[m * (m + 1) + m] = equations.n;
        return scaled(out);
    }

    private static double[] widen(Layout layout, int term, DMatrixRMaj d) {
        int width = layout.width[layout.factorOf[term]];
        int at = layout.columnOf[term];
        double[] out = new double[width * width];
        for (int i = 0; i < d.numRows; i++) {
            for (int j = 0; j < d.numRows; j++) {
                out[(at + i) * width + at + j] = d.get(i, j);
            }
        }
        return out;
    }

    private static double trace(double[] d, double[] a, int q) {
        double sum = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                sum += d[i * q + j] * a[j * q + i];
            }
        }
        return sum;
    }

    /** {@code tr(D A E Aᵀ)}; D is rows square, A rows × columns, E columns square. */
    private static double product(double[] d, double[] a, double[] e, int rows, int columns) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                double da = 0;
                double ae = 0;
                for (int j = 0; j < rows; j++) {
                    da += d[i * rows + j] * a[j * columns + k];
                }
                for (int j = 0; j < columns; j++) {
                    ae += a[i * columns + j] * e[j * columns + k];
                }
                sum += da * ae;
            }
        }
        return sum;
    }

    private static DMatrixRMaj scaled(DMatrixRMaj a) {
        int n = a.numRows;
        double[] root = new double[n];
        for (int i = 0; i < n; i++) {
            root[i] = Math.sqrt(a.get(i, i));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double s = root[i] * root[j];
                a.set(i, j, s > 0 ? a.get(i, j) / s : 0);
            }
        }
        return a;
    }
}
