package henderson.equations;

import henderson.api.Clusters;
import henderson.api.Criterion;
import henderson.api.Fold;
import henderson.api.Model;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * {@code d(Λ)} of a model of one grouping factor, or of two of which one is nested in the other, with independent residuals:
 * one elimination for all groups at once, and the first two derivatives by G in closed form from one more pass over the
 * groups, theory (143) to (146). A workspace; no allocation after the first calls.
 *
 * <p>It works on cross-products. Where these lose digits, theory (10), {@link #takes} says no and {@link Evaluation} is the one
 * to ask.
 */
public final class NestedLikelihood implements ProfiledDeviance {
    /** Columns of X̃ that leave less of one another lose more than four digits in cross-products. */
    private static final double SHARE = 1e-4;

    private final Model model;
    private final NestedSums sums;
    private final NestedShape shape;
    private final Criterion criterion;
    private final Clusters clusters;
    private final Layout layout;
    private final LambdaBlocks lambda;
    private final LambdaBlocks probed;
    /** That of the two which is reduced. */
    private LambdaBlocks at;

    private final int border;
    private final int p;
    private final double[] reduced;
    private final double[] beta;
    private final double[][] meanDiagonal;
    private final double[][] maxDiagonal;
    private final double @Nullable [][] divided;
    private final boolean nearCollinear;
    private final Pool<NestedReduction> reductions;
    private final Pool<NestedScore> scores;
    private final Fold<NestedReduction> reducing = new Reducing();
    private final Fold<NestedScore> scoring = new Scoring();
    private @Nullable NestedScore score;
    private double r2;
    private double sigma2;

    private NestedLikelihood(Model model, NestedSums sums, Criterion criterion, Clusters clusters) {
        this.model = model;
        this.sums = sums;
        this.shape = new NestedShape(sums);
        this.criterion = criterion;
        this.clusters = clusters;
        this.layout = sums.layout();
        this.lambda = new LambdaBlocks(layout);
        this.probed = new LambdaBlocks(layout);
        this.at = lambda;
        this.border = shape.w;
        this.p = shape.p;
        this.reduced = new double[border * border];
        this.beta = new double[p];
        this.meanDiagonal = new double[layout.columns.length][];
        this.maxDiagonal = new double[layout.columns.length][];
        this.divided = new double[layout.factors][];
        for (int t = 0; t < meanDiagonal.length; t++) {
            meanDiagonal[t] = new double[layout.columns[t]];
            maxDiagonal[t] = new double[layout.columns[t]];
            for (int a = 0; a < layout.columns[t]; a++) {
                double[] d = sums.diagonal(t, a);
                meanDiagonal[t][a] = d[0];
                maxDiagonal[t][a] = d[1];
            }
        }
        this.nearCollinear = LinearEquations.smallestShare(sums.c(), p) < SHARE;
        this.reductions = new Pool<>(() -> new NestedReduction(shape));
        boolean reml = criterion == Criterion.REML;
        this.scores = new Pool<>(() -> new NestedScore(shape, reml));
    }

    /** The likelihood of a model that is nested; null for any other, and where the cross-products of X̃ are near singular. */
    public static @Nullable NestedLikelihood of(Model model, Criterion criterion, Clusters clusters) {
        if (model.random().isEmpty()) {
            return null;
        }
        NestedSums sums = NestedPass.of(model, new Layout(model.random()));
        if (sums == null) {
            return null;
        }
        NestedLikelihood out = new NestedLikelihood(model, sums, criterion, clusters);
        return out.nearCollinear ? null : out;
    }

    /** The likelihood of about a thousand of the groups, or null where there are not many more. */
    public @Nullable NestedLikelihood sample() {
        NestedSums some = sums.sample();
        if (some == null) {
            return null;
        }
        NestedLikelihood out = new NestedLikelihood(model, some, criterion, clusters);
        return out.nearCollinear ? null : out;
    }

    private final class Reducing implements Fold<NestedReduction> {
        @Override
        public NestedReduction create() {
            NestedReduction out = reductions.take();
            out.clear();
            return out;
        }

        @Override
        public void accumulate(int leaf, NestedReduction into) {
            into.leaf(leaf, at);
        }

        @Override
        public void merge(NestedReduction into, NestedReduction from) {
            into.merge(from);
            reductions.give(from);
        }
    }

    private final class Scoring implements Fold<NestedScore> {
        @Override
        public NestedScore create() {
            NestedScore out = scores.take();
            out.clear();
            return out;
        }

        @Override
        public void accumulate(int leaf, NestedScore into) {
            into.leaf(leaf, lambda, divided, beta, reduced);
        }

        @Override
        public void merge(NestedScore into, NestedScore from) {
            into.merge(from);
            scores.give(from);
        }
    }

    /** Whether cross-products are good enough at Λ. The last value stays what it was. */
    public boolean takes(DMatrixRMaj[] lambdaOfTerm) {
        probed.set(lambdaOfTerm);
        return probed.largest(maxDiagonal) <= Evaluation.CROSS_PRODUCTS;
    }

    @Override
    public double value(DMatrixRMaj[] lambdaOfTerm) {
        lambda.set(lambdaOfTerm);
        forget();
        at = lambda;
        double logDeterminant = reduce(reduced);
        if (!BorderSolve.cholesky(reduced, border) || !BorderSolve.solve(reduced, border, beta)) {
            return Double.NaN;
        }
        double r = reduced[border * border - 1];
        r2 = r * r;
        sigma2 = r2 / denominator();
        return objective(logDeterminant, reduced);
    }

    /** {@code d} at Λ; the last value, and all that belongs to it, stays what it was. */
    public double probe(DMatrixRMaj[] lambdaOfTerm) {
        probed.set(lambdaOfTerm);
        at = probed;
        double[] there = new double[border * border];
        double logDeterminant = reduce(there);
        at = lambda;
        boolean solved = BorderSolve.cholesky(there, border) && BorderSolve.solve(there, border, new double[p]);
        return solved ? objective(logDeterminant, there) : Double.NaN;
    }

    private double reduce(double[] out) {
        NestedReduction total = clusters.fold(shape.leaves(), reducing);
        double logDeterminant = total.logDeterminant;
        for (int i = 0; i < out.length; i++) {
            out[i] = sums.c()[i] - total.sum[i];
        }
        reductions.give(total);
        return logDeterminant;
    }

    private void forget() {
        if (score != null) {
            scores.give(score);
            score = null;
        }
    }

    private double objective(double logDeterminant, double[] of) {
        double squares = of[border * border - 1] * of[border * border - 1];
        double d = logDeterminant;
        if (criterion == Criterion.REML) {
            d += BorderSolve.logDeterminant(of, border) + sums.border().logScale();
        }
        double m = denominator();
        boolean finite = squares > 0 && squares < Double.POSITIVE_INFINITY && Math.abs(d) < Double.POSITIVE_INFINITY;
        return finite ? d + m * (1 + Math.log(2 * Math.PI * squares / m)) : Double.NaN; // (16), (17)
    }

    private NestedScore score() {
        NestedScore out = score;
        if (out == null) {
            for (int f = 0; f < divided.length; f++) {
                divided[f] = inverseTransposed(f);
            }
            out = clusters.fold(shape.leaves(), scoring);
            score = out;
        }
        return out;
    }

    /** Λ⁻ᵀ of a factor, or null where Λ is too close to singular beside the noise. */
    private double @Nullable [] inverseTransposed(int factor) {
        int q = layout.width[factor];
        double[] l = lambda.of(factor);
        double[] out = new double[q * q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                out[j * q + i] = l[i * q + j];
            }
        }
        if (!SmallMatrices.invert(out, q, new int[q])) {
            return null;
        }
        double norm = 0; // 1/‖(SΛ)⁻¹‖ ≤ smallest singular value, S = √mean diag(A)
        for (int t = 0; t < layout.columns.length; t++) {
            for (int i = 0; layout.factorOf[t] == factor && i < layout.columns[t]; i++) {
                double s = rootMeanDiagonal(t, i);
                for (int j = 0; j < q; j++) {
                    double e = out[(layout.columnOf[t] + i) * q + j] / s;
                    norm += e * e;
                }
            }
        }
        return norm * Score.INVERTIBLE * Score.INVERTIBLE < 1 ? out : null;
    }

    private NestedTensors tensors(int factor) {
        NestedScore of = score();
        return factor == shape.top.factor() ? of.topSums : of.innerSums;
    }

    /** {@code S_G = ∂d/∂G} of a term at the last value. {@code out} is modified. */
    public void score(int term, DMatrixRMaj out) {
        NestedTensors of = tensors(layout.factorOf[term]);
        int at = layout.columnOf[term];
        for (int i = 0; i < layout.columns[term]; i++) {
            for (int j = 0; j < layout.columns[term]; j++) {
                double s = of.w(at + i, at + j) - of.uu(at + i, at + j) / sigma2;
                s -= criterion == Criterion.REML ? of.ff(at + i, at + j) : 0;
                out.set(i, j, s);
            }
        }
    }

    @Override
    public int levels(int term) {
        return sums.level(layout.factorOf[term]).nodes();
    }

    /** Whether {@link #curvature} can be had exactly. */
    public boolean hasCurvature() {
        return criterion == Criterion.ML || !shape.two;
    }

    /**
     * The part of the average information and of the Hessian of {@code d} that second derivatives of G have no part in.
     *
     * @param termOf     term of each parameter
     * @param derivative ∂G/∂τ of each
     * @param average    average information, square. Modified.
     * @param hessian    Hessian, square; only where it {@linkplain #hasCurvature() can be had}. Modified.
     * @param forms      {@code uᵀ(∂G/∂τ)u} of each, the fall of r². Modified.
     */
    public void curvature(
            int[] termOf, DMatrixRMaj[] derivative, DMatrixRMaj average, DMatrixRMaj hessian, double[] forms) {
        double[][] wide = new double[termOf.length][];
        int[] factorOf = new int[termOf.length];
        for (int k = 0; k < termOf.length; k++) {
            wide[k] = layout.widen(termOf[k], derivative[k]);
            factorOf[k] = layout.factorOf[termOf[k]];
        }
        NestedCurvature of = new NestedCurvature(shape, score(), reduced, r2, sigma2);
        of.compute(factorOf, wide, average, hessian, forms, criterion == Criterion.REML);
    }

    /**
     * Inner products of the derivatives of V and of V itself, as {@link Identifiability#gram}.
     *
     * @param termOf     term of each parameter
     * @param derivative ∂G of each parameter's term
     */
    public DMatrixRMaj gram(int[] termOf, DMatrixRMaj[] derivative) {
        int m = termOf.length;
        DMatrixRMaj out = new DMatrixRMaj(m + 1, m + 1);
        double[][] wide = new double[m][];
        for (int k = 0; k < m; k++) {
            wide[k] = layout.widen(termOf[k], derivative[k]);
        }
        for (int j = 0; j < m; j++) {
            int f = layout.factorOf[termOf[j]];
            double own = NestedGram.inner(sums.level(f), wide[j]);
            out.set(j, m, own);
            out.set(m, j, own);
        }
        NestedGram gram = new NestedGram(sums);
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                out.set(j, k, gram.form(layout.factorOf[termOf[j]], wide[j], layout.factorOf[termOf[k]], wide[k]));
            }
        }
        out.set(m, m, sums.n());
        return Identifiability.scaled(out);
    }

    @Override
    public double residualSumOfSquares() {
        return r2;
    }

    @Override
    public double sigma2() {
        return sigma2;
    }

    @Override
    public double denominator() {
        return criterion == Criterion.ML ? sums.n() : sums.n() - p;
    }

    @Override
    public double[] beta() {
        return sums.border().outside(beta, model);
    }

    @Override
    public DMatrixRMaj betaCovariance() {
        return BorderSolve.covariance(reduced, border, sums.border().transform(model), sigma2);
    }

    @Override
    public double digitsLost() {
        return Math.log10(Math.max(1, lambda.largest(maxDiagonal)));
    }

    @Override
    public Evaluation.Linear linear() {
        double[] c = sums.c().clone();
        double[] plain = new double[p];
        if (!BorderSolve.cholesky(c, border) || !BorderSolve.solve(c, border, plain)) {
            return new Evaluation.Linear(Double.NaN, Double.NaN);
        }
        double squares = c[border * border - 1] * c[border * border - 1];
        double m = denominator();
        double d = m * (1 + Math.log(2 * Math.PI * squares / m));
        if (criterion == Criterion.REML) {
            d += BorderSolve.logDeterminant(c, border) + sums.border().logScale();
        }
        return new Evaluation.Linear(d, squares / m);
    }

    @Override
    public double n() {
        return sums.n();
    }

    @Override
    public int p() {
        return p;
    }

    @Override
    public double rootMeanDiagonal(int t, int a) {
        return Math.sqrt(meanDiagonal[t][a]);
    }

    @Override
    public double scale(int j) {
        return sums.border().scale[j];
    }

    /** The condensed rows. */
    NestedSums sums() {
        return sums;
    }
}
