package henderson.equations;

import henderson.api.Criterion;
import henderson.api.Fold;
import henderson.linalg.BlockFactor;
import henderson.linalg.Elimination;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * {@code S_GΛ} of every term at the last value of an {@link Evaluation}, theory (21) to (26) and (53): {@code ∂d/∂Λ = 2 S_GΛ}. A
 * workspace; no allocation after the first call.
 *
 * <p>Two forms of the same sum. Where Λ is comfortably invertible, {@code ΛᵀS_GΛ = Σ(I − M⁻¹ − v̂v̂ᵀ/σ̂² − …)}, which stays
 * accurate however large Λ is; elsewhere {@code Σ(AΛM⁻¹ − uv̂ᵀ/σ̂² − …)}, which stays accurate down to Λ = 0.
 */
public final class Score {
    /** Smallest singular value of Λ, columns scaled by √mean diag(A), above which Λ is divided out. */
    static final double INVERTIBLE = 1e-3;

    private final Evaluation evaluation;
    private final LinearEquations equations;
    private final Layout layout;
    private final BlockFactor factor;
    private final Elimination elimination;
    private final Condensed condensed;
    private final int border;
    private final int p;
    private final int order;
    /** R⁻¹K: BLUPs, in units of v, of the columns of X and of y, order × border. */
    final double[] v;
    /** ΛV, order × border. */
    private final double[] lv;
    /** AΛV, order × border. */
    private final double[] alv;
    /** v̂, order. */
    final double[] vHat;
    /** u = Z̃ᵀV⁻¹(ỹ − X̃β̂), order. */
    final double[] u;
    /** F = Z̃ᵀV⁻¹X̃, order × p. */
    final double[] f;
    /** V_X R_X⁻¹, order × p. */
    final double[] w;
    /** F R_X⁻¹, order × p. */
    private final double[] fw;
    /** Whether Λ of a term is divided out. */
    final boolean[] invertible;
    /** Λ⁻ᵀ of a term where it is. */
    final double[][] inverseTransposed;
    /** S_GΛ of each term. */
    private final DMatrixRMaj[] result;

    /** Which terms take the direct form. */
    private final boolean[] directTerms;

    private final PatternProducts products;
    private final int[] partner;
    boolean anyDirect;
    /** Whether the inverse is up to date for pairs of joined levels too. */
    private boolean pairs;

    private final Pool<Partial> partials = new Pool<>(Partial::new);
    private final Fold<Partial> fold = new ScoreFold();

    /** A workspace beside an evaluation. */
    public Score(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.equations = evaluation.equations;
        this.layout = equations.layout;
        this.factor = evaluation.factor;
        this.elimination = equations.elimination;
        this.condensed = equations.condensed;
        this.border = evaluation.border;
        this.p = evaluation.p;
        this.order = factor.order();
        this.v = new double[order * border];
        this.lv = new double[order * border];
        this.alv = new double[order * border];
        this.vHat = new double[order];
        this.u = new double[order];
        this.f = new double[order * p];
        this.w = new double[order * p];
        this.fw = new double[order * p];
        int terms = layout.columns.length;
        this.partner = new int[Arrays.stream(layout.columns).max().orElse(0)];
        this.invertible = new boolean[terms];
        this.directTerms = new boolean[terms];
        this.products = new PatternProducts(
                layout, condensed, factor, evaluation.lambda, equations.factorOfNode, equations.edges);
        this.inverseTransposed = new double[terms][];
        this.result = new DMatrixRMaj[terms];
        for (int t = 0; t < terms; t++) {
            inverseTransposed[t] = new double[layout.columns[t] * layout.columns[t]];
            result[t] = new DMatrixRMaj(layout.columns[t], layout.columns[t]);
        }
    }

    private final class Partial {
        private final double[][] sums = new double[layout.columns.length][];
        private final BlockFactor.Scratch scratch = factor.scratch();

        private Partial() {
            for (int t = 0; t < sums.length; t++) {
                sums[t] = new double[layout.columns[t] * layout.columns[t]];
            }
        }
    }

    private final class ScoreFold implements Fold<Partial> {
        @Override
        public Partial create() {
            Partial partial = partials.take();
            for (double[] s : partial.sums) {
                Arrays.fill(s, 0);
            }
            return partial;
        }

        @Override
        public void accumulate(int leaf, Partial into) {
            for (int c = equations.leafStart[leaf]; c < equations.leafStart[leaf + 1]; c++) {
                component(c, into);
            }
        }

        @Override
        public void merge(Partial into, Partial from) {
            for (int t = 0; t < into.sums.length; t++) {
                for (int i = 0; i < into.sums[t].length; i++) {
                    into.sums[t][i] += from.sums[t][i];
                }
            }
            partials.give(from);
        }
    }

    /** Computes {@code S_GΛ} at the last value. */
    public void update() {
        anyDirect = false;
        for (int t = 0; t < invertible.length; t++) {
            // with a known precision of levels the identity that division rests on does not hold
            invertible[t] = layout.terms.get(t).precision() == null && invert(t);
            directTerms[t] = !invertible[t];
            anyDirect |= directTerms[t];
        }
        pairs = anyDirect || equations.residualRows != null || !factor.skipsPairs();
        Partial total = clustersFold();
        for (int t = 0; t < result.length; t++) {
            int q = layout.columns[t];
            if (invertible[t]) {
                SmallMatrices.multiply(inverseTransposed[t], total.sums[t], q, result[t].data);
            } else {
                System.arraycopy(total.sums[t], 0, result[t].data, 0, q * q);
            }
        }
        partials.give(total);
    }

    /** After {@link #update}: brings the inverse up to date for pairs of joined levels. */
    void invertPairs() {
        if (!pairs) {
            Partial partial = fold.create();
            for (int c = 0; c < elimination.components(); c++) {
                factor.invert(c, partial.scratch);
            }
            partials.give(partial);
            pairs = true;
        }
    }

    private Partial clustersFold() {
        return evaluation.clusters.fold(equations.leafStart.length - 1, fold);
    }

    /** After {@link #update}: what the components of each part give to {@code S_GΛ}, parts × terms, theory (83). */
    DMatrixRMaj[][] byPart(int[] partOfComponent, int parts) {
        DMatrixRMaj[][] out = new DMatrixRMaj[parts][result.length];
        for (DMatrixRMaj[] part : out) {
            for (int t = 0; t < part.length; t++) {
                part[t] = new DMatrixRMaj(layout.columns[t], layout.columns[t]);
            }
        }
        double[] sum = new double[partner.length * partner.length];
        for (int c = 0; c < partOfComponent.length; c++) {
            Partial own = fold.create();
            component(c, own);
            for (int t = 0; t < result.length; t++) {
                int q = layout.columns[t];
                if (invertible[t]) {
                    SmallMatrices.multiply(inverseTransposed[t], own.sums[t], q, sum);
                } else {
                    System.arraycopy(own.sums[t], 0, sum, 0, q * q);
                }
                for (int i = 0; i < q * q; i++) {
                    out[partOfComponent[c]][t].data[i] += sum[i];
                }
            }
            partials.give(own);
        }
        return out;
    }

    /** {@code S_GΛ} of a term; belongs to this workspace. */
    public DMatrixRMaj timesLambda(int term) {
        return result[term];
    }

    /** Λ⁻ᵀ of a term, and whether Λ is far enough from singular. */
    private boolean invert(int t) {
        int q = layout.columns[t];
        int width = layout.width[layout.factorOf[t]];
        int at = layout.columnOf[t];
        double[] l = evaluation.lambda.of(layout.factorOf[t]);
        double[] inverse = inverseTransposed[t];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                inverse[j * q + i] = l[(at + i) * width + at + j];
            }
        }
        if (!SmallMatrices.invert(inverse, q, partner)) {
            return false;
        }
        // 1/‖(SΛ)⁻¹‖ ≤ smallest singular value, S = √mean diag(A)
        double norm = 0;
        for (int i = 0; i < q; i++) {
            double s = equations.rootMeanDiagonal(t, i);
            for (int j = 0; j < q; j++) {
                double e = inverse[i * q + j] / s;
                norm += e * e;
            }
        }
        return norm * INVERTIBLE * INVERTIBLE < 1;
    }

    private void component(int c, Partial into) {
        factor.solveBorder(c, v);
        if (pairs) {
            factor.invert(c, into.scratch);
        } else {
            factor.invertDiagonal(c, into.scratch);
        }
        boolean reml = evaluation.criterion == Criterion.REML;
        int firstStep = elimination.firstStep(c);
        int lastStep = elimination.firstStep(c + 1);
        if (anyDirect) {
            for (int s = firstStep; s < lastStep; s++) {
                for (int k = 0; k < elimination.memberCount(s); k++) {
                    int node = elimination.member(s, k);
                    evaluation.lambda.times(equations.factorOfNode[node], false, v, condensed.row[node], border, lv);
                }
            }
            condensed.multiply(c, lv, border, alv, equations.edges);
        }
        for (int s = firstStep; s < lastStep; s++) {
            for (int k = 0; k < elimination.memberCount(s); k++) {
                int node = elimination.member(s, k);
                int row = condensed.row[node];
                for (int i = row; i < row + condensed.graph.size(node); i++) {
                    vHat[i] = overBeta(v, i);
                    if (reml) {
                        evaluation.rightSolve(v, i * border, w, i * p);
                    }
                }
                for (int t = 0; t < layout.columns.length; t++) {
                    if (layout.factorOf[t] == equations.factorOfNode[node]) {
                        int at = row + layout.columnOf[t];
                        if (invertible[t]) {
                            divided(t, node, at, reml, into.sums[t]);
                        } else {
                            direct(t, node, at, reml, into.sums[t]);
                        }
                    }
                }
            }
        }
        if (anyDirect) {
            for (int i = elimination.firstStep(c); i < lastStep; i++) {
                for (int e = equations.edges.start(i); e < equations.edges.start(i + 1); e++) {
                    products.edge(equations.edges.edge(e), directTerms, into.sums);
                }
            }
        }
    }

    /** Column of y minus columns of X times β̂. */
    private double overBeta(double[] x, int i) {
        double sum = x[i * border + p];
        for (int j = 0; j < p; j++) {
            sum -= x[i * border + j] * evaluation.betaInside[j];
        }
        return sum;
    }

    /** {@code sum += I − M⁻¹ − v̂v̂ᵀ/σ̂² − WWᵀ}; and u, F by Λ⁻ᵀ. */
    private void divided(int t, int node, int at, boolean reml, double[] sum) {
        int q = layout.columns[t];
        int stride = factor.inverseStride(node);
        int z = factor.inverseOffset(node, node) + layout.columnOf[t] * stride + layout.columnOf[t];
        double[] inverse = factor.inverse();
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double e = (i == j ? 1 : 0)
                        - inverse[z + i * stride + j]
                        - vHat[at + i] * vHat[at + j] / evaluation.sigma2;
                if (reml) {
                    for (int c = 0; c < p; c++) {
                        e -= w[(at + i) * p + c] * w[(at + j) * p + c];
                    }
                }
                sum[i * q + j] += e;
            }
        }
        double[] lt = inverseTransposed[t];
        for (int i = 0; i < q; i++) {
            double value = 0;
            for (int j = 0; j < q; j++) {
                value += lt[i * q + j] * vHat[at + j];
            }
            u[at + i] = value;
            for (int c = 0; c < p; c++) {
                double fx = 0;
                for (int j = 0; j < q; j++) {
                    fx += lt[i * q + j] * v[(at + j) * border + c];
                }
                f[(at + i) * p + c] = fx;
            }
        }
    }

    /** {@code sum += A_llΛM⁻¹_ll − uv̂ᵀ/σ̂² − F(XᵀV⁻¹X)⁻¹(ΛᵀF)ᵀ}; edges add the rest of AΛM⁻¹. */
    private void direct(int t, int node, int at, boolean reml, double[] sum) {
        int q = layout.columns[t];
        for (int i = at; i < at + q; i++) {
            for (int c = 0; c < p; c++) {
                f[i * p + c] = condensed.b[i * border + c] - alv[i * border + c];
            }
            u[i] = overBeta(condensed.b, i) - overBeta(alv, i);
            if (reml) {
                evaluation.rightSolve(f, i * p, fw, i * p);
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double e = -u[at + i] * vHat[at + j] / evaluation.sigma2;
                if (reml) {
                    for (int c = 0; c < p; c++) {
                        e -= fw[(at + i) * p + c] * w[(at + j) * p + c];
                    }
                }
                sum[i * q + j] += e;
            }
        }
        products.own(t, node, sum);
    }

    /** The evaluation this speaks of. */
    public Evaluation evaluation() {
        return evaluation;
    }
}
