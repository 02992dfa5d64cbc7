package henderson.equations;

import henderson.api.Term;
import henderson.linalg.BlockGraph;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

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
     * @param residualAt coordinates of the residual structure that are parameters, after those of random terms
     * @return (m + 1) × (m + 1)
     */
    public static DMatrixRMaj gram(
            LinearEquations equations, int[] termOf, DMatrixRMaj[] derivative, int[] residualAt) {
        if (equations.residualRows == null && equations.priorFactor == null) {
            return gram(equations, termOf, derivative);
        }
        int size = termOf.length + residualAt.length + 1;
        double[] products = byPatterns(equations, termOf, derivative, residualAt);
        if (products == null) {
            products = new ProbedIdentifiability(equations, termOf, derivative, residualAt).gram();
        }
        return scaled(new DMatrixRMaj(size, size, true, products));
    }

    /** Exact inner products where residual groups fall into few patterns, otherwise null. */
    private static double @Nullable [] byPatterns(
            LinearEquations equations, int[] termOf, DMatrixRMaj[] derivative, int[] residualAt) {
        Term residual = equations.model().residual();
        SharedPatterns shared = equations.residualRows == null ? null : equations.residualRows.shared();
        return residual == null || shared == null
                ? null
                : new SharedIdentifiability(equations, shared, residual.structure(), termOf, derivative, residualAt)
                        .gram();
    }

    /** The same without residual parameters, of independent levels: exact inner products. */
    static DMatrixRMaj gram(LinearEquations equations, int[] termOf, DMatrixRMaj[] derivative) {
        int m = termOf.length;
        DMatrixRMaj out = new DMatrixRMaj(m + 1, m + 1);
        Layout layout = equations.layout;
        Condensed c = equations.condensed;
        BlockGraph graph = c.graph;
        double[][] wide = new double[m][];
        for (int k = 0; k < m; k++) {
            wide[k] = layout.widen(termOf[k], derivative[k]);
        }
        for (int f = 0; f < layout.factors; f++) {
            int q = layout.width[f];
            double[] total = new double[q * q];
            double[] squares = new double[q * q * q * q];
            for (int node = layout.firstNode[f]; node < layout.firstNode[f + 1]; node++) {
                addSquare(c.diagonal, c.diagonalOffset[node], q, q, squares);
                for (int i = 0; i < q * q; i++) {
                    total[i] += c.diagonal[c.diagonalOffset[node] + i];
                }
            }
            for (int j = 0; j < m; j++) {
                if (layout.factorOf[termOf[j]] == f) {
                    out.data[j * (m + 1) + m] += inner(wide[j], total);
                    for (int k = 0; k < m; k++) {
                        if (layout.factorOf[termOf[k]] == f) {
                            out.data[j * (m + 1) + k] += form(wide[j], squares, wide[k]);
                        }
                    }
                }
            }
        }
        double[][] pairs = new double[layout.factors * layout.factors][];
        for (int e = 0; e < graph.edges(); e++) {
            int f = equations.factorOfNode[graph.first(e)];
            int g = equations.factorOfNode[graph.second(e)];
            int rows = layout.width[f];
            int columns = layout.width[g];
            int at = f * layout.factors + g;
            if (pairs[at] == null) {
                pairs[at] = new double[rows * rows * columns * columns];
            }
            addSquare(c.edge, c.edgeOffset[e], rows, columns, pairs[at]);
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                double[] squares = pairs[layout.factorOf[termOf[j]] * layout.factors + layout.factorOf[termOf[k]]];
                if (squares != null) {
                    double value = form(wide[j], squares, wide[k]);
                    out.data[j * (m + 1) + k] += value;
                    out.data[k * (m + 1) + j] += value;
                }
            }
        }
        for (int j = 0; j < m; j++) {
            out.data[m * (m + 1) + j] = out.data[j * (m + 1) + m];
        }
        out.data[m * (m + 1) + m] = equations.n;
        return scaled(out);
    }

    private static double inner(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** {@code out[(i, j), (k, l)] += A_jk A_il}, so that {@code tr(D A E Aᵀ)} is a form in D and E. Modified. */
    private static void addSquare(double[] a, int at, int rows, int columns, double[] out) {
        int place = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                for (int k = 0; k < columns; k++) {
                    for (int l = 0; l < columns; l++) {
                        out[place++] += a[at + j * columns + k] * a[at + i * columns + l];
                    }
                }
            }
        }
    }

    private static double form(double[] d, double[] squares, double[] e) {
        double sum = 0;
        for (int i = 0; i < d.length; i++) {
            double row = 0;
            for (int k = 0; k < e.length; k++) {
                row += squares[i * e.length + k] * e[k];
            }
            sum += d[i] * row;
        }
        return sum;
    }

    static DMatrixRMaj scaled(DMatrixRMaj a) {
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
