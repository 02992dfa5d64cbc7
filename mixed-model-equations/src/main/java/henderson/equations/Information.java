package henderson.equations;

import henderson.api.Fold;
import henderson.linalg.BlockFactor;
import henderson.linalg.Elimination;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The average information of a list of parameters at the last {@link Score}, theory (30) and (54). A workspace; no allocation after
 * the first call.
 *
 * <p>With {@code h_k = (∂G/∂τ_k)u} level by level, {@code f_k = Z̃h_k}: {@code Z̃ᵀV⁻¹f_k} comes from one solve with the factor.
 */
public final class Information {
    private final Evaluation evaluation;
    private final Score score;
    private final LinearEquations equations;
    private final Layout layout;
    private final BlockFactor factor;
    private final Elimination elimination;
    private final Condensed condensed;
    private final int p;
    private final int m;
    /** Term of each parameter. */
    private final int[] termOf;
    /** h, order × m. */
    private final double[] h;
    /** Λ⁻¹h of divided terms, then s = M⁻¹(κ − ΛᵀAĥ), order × m. */
    private final double[] s;
    /** h of direct terms, then ĥ + Λs, order × m. */
    private final double[] g;
    /** A times the former, order × m. */
    private final double[] ag;

    /** Of a residual structure, or null. */
    private final @Nullable ResidualScore residual;
    /** Coordinates of the residual structure that are not held. */
    private final int[] residualAt;
    /** Coordinates of the residual structure, the held one included. */
    private final int residualSize;

    /** h_kᵀu of the last average, m. */
    private final double[] residualProducts;

    private DMatrixRMaj[] derivatives = new DMatrixRMaj[0];
    private final Pool<Partial> partials = new Pool<>(Partial::new);
    private final Fold<Partial> fold = new InformationFold();

    /**
     * A workspace.
     *
     * @param termOf term of each parameter
     */
    public Information(Score score, int[] termOf) {
        this(score, termOf, null, new int[0], 0);
    }

    /**
     * A workspace for a model with a residual structure.
     *
     * @param termOf       term of each parameter of random terms
     * @param residualAt   coordinates of the residual structure that are parameters, after those of random terms
     * @param residualSize how many coordinates the residual structure has
     */
    public Information(
            Score score, int[] termOf, @Nullable ResidualScore residual, int[] residualAt, int residualSize) {
        this.residual = residual;
        this.residualAt = residualAt.clone();
        this.residualSize = residualSize;
        this.score = score;
        this.evaluation = score.evaluation();
        this.equations = evaluation.equations;
        this.layout = equations.layout;
        this.factor = evaluation.factor;
        this.elimination = equations.elimination;
        this.condensed = equations.condensed;
        this.p = evaluation.p;
        this.termOf = termOf.clone();
        this.m = termOf.length;
        this.residualProducts = new double[m];
        int length = factor.order() * m;
        this.h = new double[length];
        this.s = new double[length];
        this.g = new double[length];
        this.ag = new double[length];
    }

    private final class Partial {
        /** h_jᵀt_k, m × m. */
        private final double[] products = new double[m * m];
        /** h_kᵀF, m × p. */
        private final double[] fixed = new double[m * p];
        /** h_kᵀu, m. */
        private final double[] residual = new double[m];
        /** h_jᵀZ̃ᵀṼ⁻¹f_k of residual parameters k, m × residualSize. */
        private final double[] cross = new double[m * residualSize];
    }

    private final class InformationFold implements Fold<Partial> {
        @Override
        public Partial create() {
            Partial partial = partials.take();
            Arrays.fill(partial.products, 0);
            Arrays.fill(partial.fixed, 0);
            Arrays.fill(partial.residual, 0);
            Arrays.fill(partial.cross, 0);
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
            for (int i = 0; i < into.products.length; i++) {
                into.products[i] += from.products[i];
            }
            for (int i = 0; i < into.fixed.length; i++) {
                into.fixed[i] += from.fixed[i];
            }
            for (int i = 0; i < m; i++) {
                into.residual[i] += from.residual[i];
            }
            for (int i = 0; i < into.cross.length; i++) {
                into.cross[i] += from.cross[i];
            }
            partials.give(from);
        }
    }

    /**
     * {@code out ←} the average information.
     *
     * @param derivative ∂G/∂τ_k of each parameter's term
     * @param out        square, parameters of random terms first, then those of the residual structure. Modified.
     */
    public void average(DMatrixRMaj[] derivative, DMatrixRMaj out) {
        derivatives = derivative;
        if (residual != null) {
            residual.directions();
        }
        Partial total = evaluation.clusters.fold(equations.leafStart.length - 1, fold);
        for (int k = 0; k < m; k++) {
            evaluation.rightSolve(total.fixed, k * p, total.fixed, k * p);
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                double sum = (total.products[j * m + k] + total.products[k * m + j]) / 2;
                out.set(j, k, projected(sum, total.fixed, j, total.residual[j], total.fixed, k, total.residual[k]));
            }
        }
        if (residual != null) {
            withResidual(residual, total, out);
        }
        System.arraycopy(total.residual, 0, residualProducts, 0, m);
        partials.give(total);
    }

    /** {@code f_kᵀPy} of each parameter of random terms as of the last average: {@code −∂r²/∂τ_k}. Not copied: do not modify. */
    public double[] residualProducts() {
        return residualProducts;
    }

    private void withResidual(ResidualScore of, Partial total, DMatrixRMaj out) {
        for (int r : residualAt) {
            evaluation.rightSolve(of.fixed, r * p, of.fixed, r * p);
        }
        for (int i = 0; i < residualAt.length; i++) {
            int r = residualAt[i];
            for (int j = 0; j < m; j++) {
                double value = projected(
                        total.cross[j * residualSize + r],
                        total.fixed,
                        j,
                        total.residual[j],
                        of.fixed,
                        r,
                        of.residual[r]);
                out.set(j, m + i, value);
                out.set(m + i, j, value);
            }
            for (int j = 0; j < residualAt.length; j++) {
                int s = residualAt[j];
                double product = of.products[r * residualSize + s];
                out.set(m + i, m + j, projected(product, of.fixed, r, of.residual[r], of.fixed, s, of.residual[s]));
            }
        }
    }

    /** From {@code f_jᵀV⁻¹f_k} to {@code f_jᵀPf_k/σ̂² − (f_jᵀPy)(f_kᵀPy)/(r²σ̂²)}. */
    private double projected(double product, double[] x, int j, double rj, double[] y, int k, double rk) {
        double sum = product;
        for (int c = 0; c < p; c++) {
            sum -= x[j * p + c] * y[k * p + c];
        }
        return (sum - rj * rk / evaluation.r2) / evaluation.sigma2;
    }

    private void component(int c, Partial into) {
        int firstStep = elimination.firstStep(c);
        int lastStep = elimination.firstStep(c + 1);
        for (int step = firstStep; step < lastStep; step++) {
            for (int i = 0; i < elimination.memberCount(step); i++) {
                prepare(elimination.member(step, i));
            }
        }
        if (equations.priorFactor != null) {
            correlate(equations.priorFactor, c, firstStep, lastStep);
        }
        if (score.anyDirect) {
            condensed.multiply(c, g, m, ag, equations.edges);
            for (int step = firstStep; step < lastStep; step++) {
                for (int i = 0; i < elimination.memberCount(step); i++) {
                    subtractLambdaTransposed(elimination.member(step, i));
                }
            }
        }
        factor.forward(c, s, m);
        factor.backward(c, s, m);
        if (score.anyDirect) {
            for (int step = firstStep; step < lastStep; step++) {
                for (int i = 0; i < elimination.memberCount(step); i++) {
                    addLambda(elimination.member(step, i));
                }
            }
            condensed.multiply(c, g, m, ag, equations.edges);
        }
        for (int step = firstStep; step < lastStep; step++) {
            for (int i = 0; i < elimination.memberCount(step); i++) {
                sum(elimination.member(step, i), into);
            }
        }
    }

    private void prepare(int node) {
        int size = condensed.graph.size(node);
        int row = condensed.row[node];
        Arrays.fill(h, row * m, (row + size) * m, 0);
        Arrays.fill(s, row * m, (row + size) * m, 0);
        Arrays.fill(g, row * m, (row + size) * m, 0);
        for (int k = 0; k < m; k++) {
            int t = termOf[k];
            if (layout.factorOf[t] != equations.factorOfNode[node]) {
                continue;
            }
            int q = layout.columns[t];
            int at = row + layout.columnOf[t];
            double[] d = derivatives[k].data;
            for (int i = 0; i < q; i++) {
                double sum = 0;
                for (int j = 0; j < q; j++) {
                    sum += d[i * q + j] * score.u[at + j];
                }
                h[(at + i) * m + k] = sum;
            }
            if (score.invertible[t]) {
                double[] lt = score.inverseTransposed[t];
                for (int i = 0; i < q; i++) {
                    double sum = 0;
                    for (int j = 0; j < q; j++) {
                        sum += lt[j * q + i] * h[(at + j) * m + k];
                    }
                    s[(at + i) * m + k] = sum;
                }
            } else {
                for (int i = 0; i < q; i++) {
                    g[(at + i) * m + k] = h[(at + i) * m + k];
                }
            }
        }
    }

    /** h becomes {@code (K ⊗ ∂G)u} in terms with a known precision; those take the direct form. */
    private void correlate(BlockFactor prior, int c, int firstStep, int lastStep) {
        prior.forward(c, h, m);
        prior.backward(c, h, m);
        for (int step = firstStep; step < lastStep; step++) {
            for (int i = 0; i < elimination.memberCount(step); i++) {
                int node = elimination.member(step, i);
                int t = layout.anyTerm[equations.factorOfNode[node]];
                if (layout.terms.get(t).precision() != null) {
                    int from = condensed.row[node] * m;
                    System.arraycopy(h, from, g, from, condensed.graph.size(node) * m);
                }
            }
        }
    }

    private void subtractLambdaTransposed(int node) {
        int size = condensed.graph.size(node);
        double[] l = evaluation.lambda.of(equations.factorOfNode[node]);
        int row = condensed.row[node];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double e = l[j * size + i];
                for (int k = 0; k < m; k++) {
                    s[(row + i) * m + k] -= e * ag[(row + j) * m + k];
                }
            }
        }
    }

    private void addLambda(int node) {
        int size = condensed.graph.size(node);
        double[] l = evaluation.lambda.of(equations.factorOfNode[node]);
        int row = condensed.row[node];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double e = l[i * size + j];
                for (int k = 0; k < m; k++) {
                    g[(row + i) * m + k] += e * s[(row + j) * m + k];
                }
            }
        }
    }

    private void sum(int node, Partial into) {
        int row = condensed.row[node];
        for (int t = 0; t < layout.columns.length; t++) {
            if (layout.factorOf[t] != equations.factorOfNode[node]) {
                continue;
            }
            int q = layout.columns[t];
            int at = row + layout.columnOf[t];
            for (int j = 0; j < m; j++) {
                if (termOf[j] != t) {
                    continue;
                }
                for (int i = 0; i < q; i++) {
                    double hj = h[(at + i) * m + j];
                    into.residual[j] += hj * score.u[at + i];
                    for (int c = 0; c < p; c++) {
                        into.fixed[j * p + c] += hj * score.f[(at + i) * p + c];
                    }
                    for (int k = 0; k < m; k++) {
                        into.products[j * m + k] += hj * throughV(t, at, i, k);
                    }
                    for (int k = 0; k < residualSize; k++) {
                        into.cross[j * residualSize + k] += hj * residual.projected[(at + i) * residualSize + k];
                    }
                }
            }
        }
    }

    /** Entry i of Z̃ᵀV⁻¹f_k in term t of a level. */
    private double throughV(int t, int at, int i, int k) {
        if (!score.invertible[t]) {
            return ag[(at + i) * m + k];
        }
        int q = layout.columns[t];
        double[] lt = score.inverseTransposed[t];
        double sum = 0;
        for (int j = 0; j < q; j++) {
            double kappa = 0;
            if (termOf[k] == t) {
                for (int l = 0; l < q; l++) {
                    kappa += lt[l * q + j] * h[(at + l) * m + k];
                }
            }
            sum += lt[i * q + j] * (kappa - s[(at + j) * m + k]);
        }
        return sum;
    }
}
