package henderson.equations;

import henderson.api.Clusters;
import henderson.api.Criterion;
import henderson.api.Fold;
import henderson.linalg.BlockFactor;
import henderson.linalg.Elimination;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The profiled objective {@code d(Λ)} of a linear mixed model, theory (11) to (17): a workspace. {@link #value} eliminates
 * the random effects level by level and reduces to {@code [R_X c; 0 r]}; what follows speaks of the last value. No
 * allocation after the first call.
 */
public final class Evaluation implements ProfiledDeviance {
    /** Beyond this size of diag(ΛᵀAΛ) cross-products lose too many digits, theory (10). */
    static final double CROSS_PRODUCTS = 1e4;

    /** Which road the sums take. */
    public enum Road {
        /** Cross-products while they are accurate, the square root beyond, where there is one. */
        AUTOMATIC,
        /** Always cross-products, theory (5). */
        CROSS_PRODUCTS,
        /** Always the square root, theory (7); where there is none, cross-products. */
        SQUARE_ROOT
    }

    final LinearEquations equations;
    final Criterion criterion;
    final Clusters clusters;
    final BlockFactor factor;
    private final Elimination elimination;
    private final Condensed condensed;
    final int border;
    final int p;
    /** Λ of each factor, block-diagonal over its terms, width × width. */
    final LambdaBlocks lambda;
    /** Upper triangular [R_X c; 0 r], border × border. */
    final double[] reduced;

    final double[] betaInside;
    double r2;
    double sigma2;
    private final Pool<Partial> partials = new Pool<>(Partial::new);
    private final Fold<Partial> fold = new EliminationFold();
    private Road road = Road.AUTOMATIC;
    private boolean rotating;
    /** Values computed so far: who kept one knows by this whether it is still the last. */
    private long count;

    private double deviance = Double.NaN;

    /** A workspace for an equation system, a criterion and a way to fold. */
    public Evaluation(LinearEquations equations, Criterion criterion, Clusters clusters) {
        this.equations = equations;
        this.criterion = criterion;
        this.clusters = clusters;
        this.factor = equations.factor;
        this.elimination = equations.elimination;
        this.condensed = equations.condensed;
        this.border = condensed.border;
        this.p = border - 1;
        this.lambda = new LambdaBlocks(equations.layout);
        this.reduced = new double[border * border];
        this.betaInside = new double[p];
    }

    /** Chooses the road of later values; automatic at birth. */
    public Evaluation road(Road chosen) {
        this.road = chosen;
        return this;
    }

    /** Sums of one leaf, and what one thread needs. */
    private final class Partial {
        /** KᵀK summed, or what rotations left over, border × border, upper triangle. */
        private final double[] sum = new double[border * border];

        private final BlockFactor.Scratch scratch = factor.scratch();
        private final double[] work;
        private double logDeterminant;
        private boolean failed;

        private Partial() {
            int widest = 1;
            for (int q : equations.layout.width) {
                widest = Math.max(widest, q);
            }
            this.work = new double[widest * widest];
        }

        private void reset() {
            Arrays.fill(sum, 0);
            logDeterminant = 0;
            failed = false;
        }
    }

    private final class EliminationFold implements Fold<Partial> {
        @Override
        public Partial create() {
            Partial partial = partials.take();
            partial.reset();
            return partial;
        }

        @Override
        public void accumulate(int leaf, Partial into) {
            for (int c = equations.leafStart[leaf]; c < equations.leafStart[leaf + 1] && !into.failed; c++) {
                if (rotating) {
                    rotate(c, into);
                } else {
                    Assembler.assemble(
                            elimination,
                            condensed,
                            equations.edges,
                            lambda,
                            equations.factorOfNode,
                            equations.prior,
                            c,
                            factor,
                            into.work);
                    into.failed = !factor.cholesky(c, into.sum, into.scratch);
                }
                into.logDeterminant += into.failed ? 0 : factor.logDeterminant(c);
            }
        }

        @Override
        public void merge(Partial into, Partial from) {
            if (rotating) {
                BlockFactor.merge(into.sum, from.sum, border);
            } else {
                for (int i = 0; i < into.sum.length; i++) {
                    into.sum[i] += from.sum[i];
                }
            }
            into.logDeterminant += from.logDeterminant;
            into.failed |= from.failed;
            partials.give(from);
        }
    }

    @Override
    public double value(DMatrixRMaj[] lambdaOfTerm) {
        lambda.set(lambdaOfTerm);
        count++;
        rotating = condensed.hasRoot()
                && (road == Road.SQUARE_ROOT
                        || road == Road.AUTOMATIC && (equations.nearCollinear || largest() > CROSS_PRODUCTS));
        if (rotating) {
            equations.refreshRoot();
        }
        Partial total = clusters.fold(equations.leafStart.length - 1, fold);
        boolean solved = !total.failed && reduce(total);
        double logDeterminant = total.logDeterminant;
        partials.give(total);
        deviance = solved ? objective(logDeterminant) : Double.NaN;
        return deviance;
    }

    /** A bound of max diag(ΛᵀAΛ). */
    private double largest() {
        return lambda.largest(equations.maxDiagonal);
    }

    // ---- condensed → R by rotations, theory (8) and (9) -------------------------------------------------------------

    private void rotate(int component, Partial partial) {
        factor.identity(component);
        double[] root = condensed.root;
        for (int s = elimination.firstStep(component); s < elimination.firstStep(component + 1); s++) {
            int width = elimination.width(s);
            for (int i = 0; i < elimination.columns(s); i++) {
                int at = elimination.panel(s) + i * width;
                double[] row = partial.scratch.row();
                int column = 0;
                for (int k = 0; k < elimination.memberCount(s); k++) {
                    column = timesLambda(root, at, elimination.member(s, k), column, row);
                }
                for (int k = 0; k < elimination.reachCount(s); k++) {
                    column = timesLambda(root, at, elimination.reach(s, k), column, row);
                }
                System.arraycopy(root, at + column, row, column, border);
                partial.scratch.absorb(factor.panels(), s, 0, partial.sum);
            }
        }
    }

    private int timesLambda(double[] root, int at, int node, int column, double[] row) {
        double[] l = lambda.of(equations.factorOfNode[node]);
        int q = condensed.graph.size(node);
        for (int j = 0; j < q; j++) {
            double sum = 0;
            for (int i = 0; i < q; i++) {
                sum += root[at + column + i] * l[i * q + j];
            }
            row[column + j] = sum;
        }
        return column + q;
    }

    // ---- reduce, theory (14) and (15) -------------------------------------------------------------------------------

    private boolean reduce(Partial total) {
        if (rotating) {
            System.arraycopy(condensed.rootBorder, 0, reduced, 0, reduced.length);
            BlockFactor.merge(reduced, total.sum, border);
        } else {
            for (int i = 0; i < reduced.length; i++) {
                reduced[i] = condensed.c[i] - total.sum[i];
            }
            if (!BorderSolve.cholesky(reduced, border)) {
                return false;
            }
        }
        double r = reduced[border * border - 1];
        r2 = r * r;
        sigma2 = r2 / denominator();
        if (!BorderSolve.solve(reduced, border, betaInside)) {
            return false;
        }
        return r2 > 0 && r2 < Double.POSITIVE_INFINITY;
    }

    @Override
    public double denominator() {
        return criterion == Criterion.ML ? equations.n : equations.n - p;
    }

    private double objective(double logDeterminant) {
        double d = equations.logResidual + equations.prior.logDeterminant - equations.logWeights + logDeterminant;
        if (criterion == Criterion.REML) {
            d += BorderSolve.logDeterminant(reduced, border);
            d += equations.border.logScale();
        }
        double m = denominator();
        return d + m * (1 + Math.log(2 * Math.PI * r2 / m)); // (16), (17)
    }

    @Override
    public Linear linear() {
        if (equations.residualRows == null) {
            if (!condensed.hasRoot() && !equations.layout.hasPrecision()) {
                return withoutEffects();
            }
            DMatrixRMaj[] zero = new DMatrixRMaj[equations.layout.columns.length];
            for (int t = 0; t < zero.length; t++) {
                zero[t] = new DMatrixRMaj(equations.layout.columns[t], equations.layout.columns[t]);
            }
            return new Linear(value(zero), sigma2);
        }
        LeastSquares plain = LeastSquares.of(equations.residualRows.plain(), p);
        double m = denominator();
        double d = -equations.logWeights + m * (1 + Math.log(2 * Math.PI * plain.squares() / m));
        if (criterion == Criterion.REML) {
            d += plain.logDeterminant() + equations.border.logScale();
        }
        return new Linear(d, plain.squares() / m);
    }

    /** The same from the border alone: with Λ = 0 nothing is eliminated. What was computed last stays. */
    private Linear withoutEffects() {
        double[] reducedBefore = reduced.clone();
        double[] betaBefore = betaInside.clone();
        double r2Before = r2;
        double sigma2Before = sigma2;
        boolean rotatingBefore = rotating;
        rotating = false;
        boolean solved = reduce(new Partial());
        Linear out = new Linear(solved ? objective(0) : Double.NaN, sigma2);
        System.arraycopy(reducedBefore, 0, reduced, 0, reduced.length);
        System.arraycopy(betaBefore, 0, betaInside, 0, betaInside.length);
        r2 = r2Before;
        sigma2 = sigma2Before;
        rotating = rotatingBefore;
        return out;
    }

    /**
     * A linear model without random effects.
     *
     * @param deviance −2 log-likelihood
     * @param sigma2   residual variance
     */
    public record Linear(double deviance, double sigma2) {}

    /** How many values have been computed; while it stays, this workspace speaks of the same one. */
    public long count() {
        return count;
    }

    /** The sums have changed: whoever kept a value takes it anew. */
    void forget() {
        count++;
    }

    /** d at the last Λ. */
    public double deviance() {
        return deviance;
    }

    @Override
    public double residualSumOfSquares() {
        return r2;
    }

    @Override
    public double sigma2() {
        return sigma2;
    }

    /** Whether the last value took the square-root road. */
    public boolean tookSquareRoot() {
        return rotating;
    }

    @Override
    public double[] beta() {
        return equations.border.outside(betaInside, equations.model());
    }

    @Override
    public DMatrixRMaj betaCovariance() {
        return BorderSolve.covariance(reduced, border, equations.border.transform(equations.model()), sigma2);
    }

    /** {@code out ← x R_X⁻¹} for a row x of p numbers. */
    void rightSolve(double[] x, int at, double[] out, int into) {
        BorderSolve.rightSolve(reduced, border, x, at, out, into);
    }

    @Override
    public double digitsLost() {
        return rotating ? 0 : Math.log10(Math.max(1, largest()));
    }

    @Override
    public double n() {
        return equations.n();
    }

    @Override
    public int p() {
        return p;
    }

    @Override
    public int levels(int term) {
        return equations.layout.levels(equations.layout.factorOf[term]);
    }

    @Override
    public double rootMeanDiagonal(int t, int a) {
        return equations.rootMeanDiagonal(t, a);
    }

    @Override
    public double scale(int j) {
        return equations.scale(j);
    }

    /** ML or REML. */
    public Criterion criterion() {
        return criterion;
    }

    /** How clusters are folded. */
    public Clusters clusters() {
        return clusters;
    }

    /** The condensed model. */
    public LinearEquations equations() {
        return equations;
    }

    /** Λ of a term as last given. */
    DMatrixRMaj lambdaOf(int term) {
        return lambda.ofTerm(term);
    }
}
