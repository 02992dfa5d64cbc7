package henderson.equations;

import henderson.api.Criterion;
import henderson.api.LevelPrecision;
import henderson.api.Moments;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Expected sums of the standardized effects {@code v}, {@code b = Λv}, given the response, at the last {@link Score}, theory
 * (34): what an E-step hands to an M-step. A workspace; no allocation in {@link #update}.
 */
public final class Expectations {
    private final Score score;
    private final Evaluation evaluation;
    private final LinearEquations equations;
    private final Layout layout;
    private final boolean reml;
    private final DMatrixRMaj[] squares;
    private final DMatrixRMaj[] variances;
    private double norm;
    private double trace;

    /** Reads from a score. */
    public Expectations(Score score) {
        this.score = score;
        this.evaluation = score.evaluation();
        this.equations = evaluation.equations;
        this.layout = equations.layout;
        this.reml = evaluation.criterion == Criterion.REML;
        int terms = layout.columns.length;
        this.squares = new DMatrixRMaj[terms];
        this.variances = new DMatrixRMaj[terms];
        for (int t = 0; t < terms; t++) {
            squares[t] = new DMatrixRMaj(layout.columns[t], layout.columns[t]);
            variances[t] = new DMatrixRMaj(layout.columns[t], layout.columns[t]);
        }
    }

    /** Sums over all levels at the last score. */
    public void update() {
        score.invertPairs();
        norm = 0;
        trace = 0;
        for (int t = 0; t < squares.length; t++) {
            int q = layout.columns[t];
            Arrays.fill(squares[t].data, 0);
            Arrays.fill(variances[t].data, 0);
            int f = layout.factorOf[t];
            for (int node = layout.firstNode[f]; node < layout.firstNode[f + 1]; node++) {
                addPair(t, node, node, inverseOf(node), equations.prior.node[node]);
            }
            LevelPrecision precision = layout.terms.get(t).precision();
            for (int i = 0; precision != null && i < precision.values().length; i++) {
                if (precision.rows()[i] != precision.columns()[i]) {
                    int l = layout.node(t, precision.rows()[i]);
                    int m = layout.node(t, precision.columns()[i]);
                    int z = equations.edges.inverse[equations.condensed.graph.edge(l, m)];
                    addPair(t, l, m, z, precision.values()[i]);
                    addPair(t, m, l, z, precision.values()[i]);
                }
            }
            for (int i = 0; i < q; i++) {
                norm += squares[t].data[i * q + i];
                trace += variances[t].data[i * q + i];
            }
        }
    }

    /** What levels l and m add, {@code weight} being the entry of K⁻¹; for independent levels l = m and 1. */
    private void addPair(int t, int l, int m, int z, double weight) {
        int q = layout.columns[t];
        int at = layout.columnOf[t];
        int first = equations.condensed.row[l] + at;
        int second = equations.condensed.row[m] + at;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                squares[t].data[i * q + j] += weight * score.vHat[first + i] * score.vHat[second + j];
                variances[t].data[i * q + j] += weight * variance(l, at + i, m, at + j, z);
            }
        }
    }

    private int inverseOf(int node) {
        return evaluation.factor.inverseOffset(node, node);
    }

    /** {@code M⁻¹ + (REML) WWᵀ} of entry i of node m and entry j of node l, whose block of M⁻¹ begins at z. */
    private double variance(int m, int i, int l, int j, int z) {
        boolean mFirst = m == l || equations.elimination.earlier(m, l) == m;
        int stride = evaluation.factor.inverseStride(mFirst ? m : l);
        double sum = evaluation.factor.inverse()[mFirst ? z + i * stride + j : z + j * stride + i];
        if (reml) {
            int p = evaluation.p;
            int a = (equations.condensed.row[m] + i) * p;
            int b = (equations.condensed.row[l] + j) * p;
            for (int c = 0; c < p; c++) {
                sum += score.w[a + c] * score.w[b + c];
            }
        }
        return sum;
    }

    /** {@code Σ v̂v̂ᵀ} over the levels of a term (weighted by K⁻¹ where that is known), in squared units of y. Belongs to this workspace. */
    public DMatrixRMaj squares(int term) {
        return squares[term];
    }

    /** {@code Σ Var(v | y)/σ²} over the levels of a term, under REML with β̂ uncertain. Belongs to this workspace. */
    public DMatrixRMaj variances(int term) {
        return variances[term];
    }

    /** {@code Σ E[vvᵀ]/σ²} over the levels of a term, weighted as the two sums it is made of. */
    public DMatrixRMaj second(int term, double sigma2) {
        DMatrixRMaj out = variances[term].copy();
        for (int i = 0; i < out.getNumElements(); i++) {
            out.data[i] += squares[term].data[i] / sigma2;
        }
        return out;
    }

    /** {@code Σ E[bbᵀ]/σ̂² = Λ(Σ E[vvᵀ]/σ̂²)Λᵀ} of a term: what its structure may maximize over. */
    public Moments moments(int term) {
        int q = layout.columns[term];
        DMatrixRMaj lambda = evaluation.lambdaOf(term);
        DMatrixRMaj half = new DMatrixRMaj(q, q);
        DMatrixRMaj sum = new DMatrixRMaj(q, q);
        CommonOps_DDRM.mult(lambda, second(term, evaluation.sigma2), half);
        CommonOps_DDRM.multTransB(half, lambda, sum);
        int[] at = new int[q];
        Arrays.setAll(at, a -> a);
        return new Moments(at, levels(term), sum);
    }

    /** {@code ‖ỹ − X̃β̂ − Z̃b̂‖²}. */
    public double residual() {
        return Math.max(0, evaluation.r2 - norm);
    }

    /** What one unit of σ² adds to the expectation of the former: {@code tr Var(residuals | y)/σ²}. */
    public double residualVariance() {
        return evaluation.factor.order() - trace + (reml ? evaluation.p : 0);
    }

    /** Levels of a term. */
    public int levels(int term) {
        return layout.levels(layout.factorOf[term]);
    }

    /**
     * Half the Hessian of {@code E‖ỹ − X̃β − Z̃Λv‖²/σ̂²} in coordinates of Λ: {@code Σ tr(J_jᵀA_lm J_k E[v_m v_lᵀ])/σ̂²} over
     * all levels l, m that share rows.
     *
     * @param termOf     term of each coordinate, ascending
     * @param derivative J_k = ∂Λ/∂τ_k of each coordinate's term
     * @param out        square of that order. Modified.
     */
    public void curvature(int[] termOf, DMatrixRMaj[] derivative, DMatrixRMaj out) {
        int terms = layout.columns.length;
        double[][] tensor = new double[terms * terms][];
        for (int t = 0; t < terms; t++) {
            for (int s = t; s < terms; s++) {
                int size = layout.columns[t] * layout.columns[s];
                tensor[t * terms + s] = new double[size * size];
            }
        }
        own(tensor);
        for (int k = 0; k < equations.condensed.graph.edges(); k++) {
            edge(k, tensor);
        }
        for (int j = 0; j < termOf.length; j++) {
            for (int k = j; k < termOf.length; k++) {
                int t = termOf[j];
                int s = termOf[k];
                double h = contract(
                        tensor[t * terms + s],
                        layout.columns[t],
                        layout.columns[s],
                        derivative[j].data,
                        derivative[k].data);
                out.set(j, k, h);
                out.set(k, j, h);
            }
        }
    }

    private void own(double[][] tensor) {
        Condensed condensed = equations.condensed;
        int terms = layout.columns.length;
        for (int t = 0; t < terms; t++) {
            for (int s = t; s < terms; s++) {
                if (layout.factorOf[s] == layout.factorOf[t]) {
                    int f = layout.factorOf[t];
                    int width = layout.width[f];
                    int from = layout.columnOf[t] * width + layout.columnOf[s];
                    for (int node = layout.firstNode[f]; node < layout.firstNode[f + 1]; node++) {
                        int a = condensed.diagonalOffset[node] + from;
                        add(t, node, s, node, condensed.diagonal, a, width, 1, inverseOf(node), tensor);
                    }
                }
            }
        }
    }

    private void edge(int k, double[][] tensor) {
        Condensed condensed = equations.condensed;
        int first = condensed.graph.first(k);
        int second = condensed.graph.second(k);
        int columns = condensed.graph.size(second);
        int z = equations.edges.inverse[k];
        for (int t = 0; t < layout.columns.length; t++) {
            for (int s = 0; s < layout.columns.length; s++) {
                if (layout.factorOf[t] == equations.factorOfNode[first]
                        && layout.factorOf[s] == equations.factorOfNode[second]) {
                    int a = condensed.edgeOffset[k] + layout.columnOf[t] * columns + layout.columnOf[s];
                    if (t < s) {
                        add(t, first, s, second, condensed.edge, a, columns, 1, z, tensor);
                    } else {
                        add(s, second, t, first, condensed.edge, a, 1, columns, z, tensor);
                    }
                }
            }
        }
    }

    /** {@code C[a, b, c, d] += A_ab E[v_m v_lᵀ]_cd/σ̂²}: a, d in term t of level l, b, c in term s of level m. */
    private void add(
            int t, int l, int s, int m, double[] block, int at, int rowStep, int columnStep, int z, double[][] tensor) {
        int q = layout.columns[t];
        int r = layout.columns[s];
        double[] into = tensor[t * layout.columns.length + s];
        int lRow = equations.condensed.row[l] + layout.columnOf[t];
        int mRow = equations.condensed.row[m] + layout.columnOf[s];
        for (int c = 0; c < r; c++) {
            for (int d = 0; d < q; d++) {
                double e = score.vHat[mRow + c] * score.vHat[lRow + d] / evaluation.sigma2
                        + variance(m, layout.columnOf[s] + c, l, layout.columnOf[t] + d, z);
                for (int a = 0; a < q; a++) {
                    for (int b = 0; b < r; b++) {
                        into[((a * r + b) * r + c) * q + d] += block[at + a * rowStep + b * columnStep] * e;
                    }
                }
            }
        }
    }

    private static double contract(double[] tensor, int q, int r, double[] j, double[] k) {
        double sum = 0;
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < r; b++) {
                for (int c = 0; c < r; c++) {
                    for (int d = 0; d < q; d++) {
                        sum += tensor[((a * r + b) * r + c) * q + d] * k[b * r + c] * j[a * q + d];
                    }
                }
            }
        }
        return sum;
    }
}
