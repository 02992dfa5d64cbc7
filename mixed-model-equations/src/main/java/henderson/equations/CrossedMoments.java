package henderson.equations;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * Variances of terms of one column each, nested or crossed, from sums of squares within the levels of each factor, theory
 * (156) (Gao and Owen, 2017): with the residuals e of least squares, {@code S_j = eᵀe − Σ_l (z_lᵀe)²/A_ll} over the columns l
 * of term j, and {@code S = eᵀe}, in expectation, but for the fixed effects in S_j,
 *
 * <pre>
 * E S_j = σ² (N − L_j) + Σ_{k≠j} σ_k² (Σ_m A_mm − Σ_l Σ_m A_lm²/A_ll)
 * E S   = σ² (N − p)   + Σ_k σ_k² (Σ_m A_mm − Σ_m ‖R_X⁻ᵀX̃ᵀz̃_m‖²)
 * </pre>
 *
 * Costs one look at every pair of levels that meet, and no factorization.
 */
public final class CrossedMoments {
    private final LinearEquations equations;
    private final Condensed condensed;
    private final int terms;
    private final int p;
    private final int border;
    /** Inverse of X̃ᵀX̃. */
    private final DMatrixRMaj inverse;

    private final double[] beta;
    /** Rows S_1 … S and columns σ_1² … σ². */
    private final DMatrixRMaj expected;

    private final DMatrixRMaj observed;

    private CrossedMoments(LinearEquations equations, DMatrixRMaj inverse) {
        this.equations = equations;
        this.condensed = equations.condensed;
        this.terms = equations.layout.columns.length;
        this.border = condensed.border;
        this.p = border - 1;
        this.inverse = inverse;
        this.beta = new double[p];
        this.expected = new DMatrixRMaj(terms + 1, terms + 1);
        this.observed = new DMatrixRMaj(terms + 1, 1);
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                beta[i] += inverse.get(i, j) * condensed.c[j * border + p];
            }
        }
    }

    /**
     * Ratios of the variances to the residual's, one per term; null where the model has terms of another kind, or where the
     * equations give a variance that is not positive.
     */
    public static double @Nullable [] ratios(LinearEquations equations) {
        Layout layout = equations.layout;
        int terms = layout.columns.length;
        if (terms == 0 || layout.factors != terms || layout.hasPrecision() || equations.residualRows != null) {
            return null;
        }
        for (int width : layout.width) {
            if (width != 1) {
                return null;
            }
        }
        int border = equations.condensed.border;
        DMatrixRMaj inverse = new DMatrixRMaj(border - 1, border - 1);
        for (int i = 0; i < border - 1; i++) {
            for (int j = 0; j < border - 1; j++) {
                inverse.set(i, j, equations.condensed.c[Math.min(i, j) * border + Math.max(i, j)]);
            }
        }
        return border == 1 || CommonOps_DDRM.invert(inverse) ? new CrossedMoments(equations, inverse).solve() : null;
    }

    private double @Nullable [] solve() {
        collect();
        DMatrixRMaj x = new DMatrixRMaj(terms + 1, 1);
        if (!CommonOps_DDRM.solve(expected, observed, x) || !(x.data[terms] > 0)) {
            return null;
        }
        double[] ratios = new double[terms];
        for (int t = 0; t < terms; t++) {
            ratios[t] = x.data[equations.layout.factorOf[t]] / x.data[terms];
            if (!(ratios[t] > 0) || ratios[t] == Double.POSITIVE_INFINITY) {
                return null;
            }
        }
        return ratios;
    }

    private void collect() {
        double whole = condensed.c[p * border + p];
        for (int i = 0; i < p; i++) {
            whole -= beta[i] * condensed.c[i * border + p];
        }
        for (int f = 0; f <= terms; f++) {
            observed.set(f, 0, whole);
            expected.set(f, terms, equations.n - (f < terms ? 0 : p));
        }
        for (int node = 0; node < equations.factorOfNode.length; node++) {
            node(node, equations.factorOfNode[node]);
        }
        for (int k = 0; k < condensed.graph.edges(); k++) {
            int a = condensed.graph.first(k);
            int b = condensed.graph.second(k);
            double square = condensed.edge[condensed.edgeOffset[k]] * condensed.edge[condensed.edgeOffset[k]];
            meet(a, b, square);
            meet(b, a, square);
        }
    }

    private void node(int node, int f) {
        double a = condensed.diagonal[condensed.diagonalOffset[node]];
        if (!(a > 0)) {
            return;
        }
        int at = condensed.row[node] * border;
        double u = condensed.b[at + p];
        double shared = 0;
        for (int i = 0; i < p; i++) {
            u -= beta[i] * condensed.b[at + i];
            for (int j = 0; j < p; j++) {
                shared += condensed.b[at + i] * inverse.get(i, j) * condensed.b[at + j];
            }
        }
        observed.add(f, 0, -u * u / a);
        expected.add(f, terms, -1);
        for (int g = 0; g < terms; g++) {
            expected.add(g, f, g == f ? 0 : a);
        }
        expected.add(terms, f, a - shared);
    }

    private void meet(int level, int other, double square) {
        double a = condensed.diagonal[condensed.diagonalOffset[level]];
        if (a > 0) {
            expected.add(equations.factorOfNode[level], equations.factorOfNode[other], -square / a);
        }
    }
}
