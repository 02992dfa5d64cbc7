package henderson.equations;

import henderson.api.BoundStructure;
import henderson.api.Criterion;
import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The profiled objective of a model with a residual structure whose groups fall into few patterns, from {@code V} of each
 * pattern and sums of products, theory (157) to (161): the cost does not depend on the number of groups. Value, score, and
 * the exact Hessian. A workspace; it agrees with {@link Evaluation} as far as cross-products carry, see {@link #trusted}.
 */
public final class MarginalDeviance {
    /** A pivot of V by its diagonal entry below which digits would be missed. */
    static final double TRUST = 1e-4;

    private final LinearEquations equations;
    private final SharedPatterns shared;
    private final BoundStructure structure;
    private final Criterion criterion;
    private final int border;
    private final int p;
    private final LambdaBlocks lambda;
    /** ΛΛᵀ of each factor. */
    private final double[][] g;
    /** R over each list of positions. */
    private final DMatrixRMaj[] residual;
    /** V⁻¹ of each pattern. */
    private final double[][] inverse;
    /** Scratch, largest pattern squared. */
    private final double[] square;

    private final double[] half;
    private final double[] packed;
    private final double[] gamma;
    /** {@code [X̃ ỹ]ᵀV⁻¹[X̃ ỹ]}, then its upper triangular factor. */
    private final double[] reduced;
    /** (−β̂, 1). */
    final double[] contrast;

    private final MarginalScore score;
    private final int[] termOf;
    private final int[] residualAt;
    private @Nullable MarginalCurvature curvature;
    private double r2;
    private double sigma2;
    private double least;

    private MarginalDeviance(
            LinearEquations equations, SharedPatterns shared, Criterion criterion, int[] termOf, int[] residualAt) {
        this.equations = equations;
        this.shared = shared;
        this.structure = Objects.requireNonNull(equations.model().residual()).structure();
        this.criterion = criterion;
        this.p = equations.p();
        this.border = p + 1;
        this.lambda = new LambdaBlocks(equations.layout);
        this.g = new double[equations.layout.factors][];
        for (int f = 0; f < g.length; f++) {
            g[f] = new double[equations.layout.width[f] * equations.layout.width[f]];
        }
        this.residual = shared.matrices();
        this.inverse = new double[shared.patterns.size()][];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = new double[shared.patterns.get(i).n * shared.patterns.get(i).n];
        }
        int longest = shared.longest();
        int widest = shared.widest();
        this.square = new double[longest * longest];
        this.half = new double[longest * widest];
        this.packed = new double[longest * (longest + 1) / 2];
        this.gamma = new double[widest * widest];
        this.reduced = new double[border * border];
        this.contrast = new double[border];
        this.score = new MarginalScore(this, residualAt);
        this.termOf = termOf.clone();
        this.residualAt = residualAt.clone();
    }

    /**
     * A workspace, or null where groups do not fall into few patterns.
     *
     * @param termOf     term of each parameter of random terms
     * @param residualAt coordinates of the residual structure that are parameters
     */
    public static @Nullable MarginalDeviance of(
            LinearEquations equations, Criterion criterion, int[] termOf, int[] residualAt) {
        SharedPatterns shared = equations.residualRows == null ? null : equations.residualRows.shared();
        return shared == null || equations.nearCollinear
                ? null
                : new MarginalDeviance(equations, shared, criterion, termOf, residualAt);
    }

    /**
     * {@code d}; NaN where it cannot be computed. Only what is {@link #trusted} is of use.
     *
     * @param lambdaOfTerm Λ of each term
     * @param rho          all coordinates of the residual structure, the held one at 1
     */
    public double value(DMatrixRMaj[] lambdaOfTerm, double[] rho) {
        lambda.set(lambdaOfTerm);
        for (int f = 0; f < g.length; f++) {
            int q = equations.layout.width[f];
            SquareMatrices.multiplyTransposed(lambda.of(f), lambda.of(f), q, q, q, g[f]);
        }
        for (int u = 0; u < residual.length; u++) {
            structure.matrix(rho, shared.universe[u], residual[u]);
        }
        Arrays.fill(reduced, 0);
        least = 1;
        double log = 0;
        for (int i = 0; i < inverse.length; i++) {
            SharedPattern pattern = shared.patterns.get(i);
            int n = pattern.n;
            covariance(i, square);
            double pivot = SquareMatrices.cholesky(square, n);
            if (!(pivot > 0)) {
                least = 0;
                return Double.NaN;
            }
            least = Math.min(least, pivot);
            log += pattern.count() * SquareMatrices.logDeterminant(square, n);
            SquareMatrices.inverse(square, n, inverse[i]);
            SquareMatrices.pack(inverse[i], n, packed);
            pattern.form(packed, reduced);
        }
        return trusted() && reduce() ? objective(log) : Double.NaN;
    }

    /** V of a pattern, relative to σ². */
    private void covariance(int i, double[] out) {
        SharedPattern pattern = shared.patterns.get(i);
        shared.gather(i, residual[shared.universeOf[i]].data, out);
        if (pattern.q > 0) {
            blocks(pattern, g, gamma);
            SquareMatrices.multiply(pattern.z, gamma, pattern.n, pattern.q, pattern.q, half);
            addProduct(half, pattern.z, pattern.n, pattern.q, out);
        }
    }

    /** A block for each of a group's nodes, q × q. */
    void blocks(SharedPattern pattern, double[][] byFactor, double[] out) {
        int q = pattern.q;
        Arrays.fill(out, 0, q * q, 0);
        for (int k = 0; k < pattern.factor.length; k++) {
            int width = equations.layout.width[pattern.factor[k]];
            for (int a = 0; a < width; a++) {
                System.arraycopy(
                        byFactor[pattern.factor[k]],
                        a * width,
                        out,
                        (pattern.column[k] + a) * q + pattern.column[k],
                        width);
            }
        }
    }

    /** {@code out += abᵀ}, both n × q. */
    static void addProduct(double[] a, double[] b, int n, int q, double[] out) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += a[i * q + k] * b[j * q + k];
                }
                out[i * n + j] += sum;
            }
        }
    }

    private boolean reduce() {
        if (!BorderSolve.cholesky(reduced, border) || !BorderSolve.solve(reduced, border, contrast)) {
            return false;
        }
        double r = reduced[border * border - 1];
        r2 = r * r;
        sigma2 = r2 / denominator();
        for (int i = 0; i < p; i++) { // e = y − Xβ̂
            contrast[i] = -contrast[i];
        }
        contrast[p] = 1;
        return r2 > 0 && r2 < Double.POSITIVE_INFINITY;
    }

    private double denominator() {
        return restricted() ? equations.n - p : equations.n;
    }

    boolean restricted() {
        return criterion == Criterion.REML;
    }

    private double objective(double logDeterminant) {
        double d = logDeterminant - equations.logWeights;
        if (restricted()) {
            d += BorderSolve.logDeterminant(reduced, border) + equations.border.logScale();
        }
        double m = denominator();
        return d + m * (1 + Math.log(2 * Math.PI * r2 / m)); // (16), (17)
    }

    /** Whether V of every pattern was far enough from singular for its inverse to carry all digits. */
    public boolean trusted() {
        return least >= TRUST;
    }

    /** {@code r² = yᵀPy}. */
    public double residualSumOfSquares() {
        return r2;
    }

    /** Derivatives at the last value. */
    public MarginalScore score() {
        return score;
    }

    /** Second derivatives at the last score; made when first asked for. */
    public MarginalCurvature curvature() {
        if (curvature == null) {
            curvature = new MarginalCurvature(this, score, termOf, residualAt);
        }
        return curvature;
    }

    double sigma2() {
        return sigma2;
    }

    LinearEquations equations() {
        return equations;
    }

    SharedPatterns shared() {
        return shared;
    }

    BoundStructure structure() {
        return structure;
    }

    double[] inverse(int pattern) {
        return inverse[pattern];
    }

    /** {@code x ← R_X⁻ᵀx} for the first p entries from {@code at}. Modified. */
    void leftSolve(double[] x, int at, int stride) {
        for (int j = 0; j < p; j++) {
            double sum = x[at + j * stride];
            for (int i = 0; i < j; i++) {
                sum -= x[at + i * stride] * reduced[i * border + j];
            }
            x[at + j * stride] = sum / reduced[j * border + j];
        }
    }

    /** {@code out ← (X̃ᵀV⁻¹X̃)⁻¹} into the leading part of a matrix of order p + 1, added to what is there. Modified. */
    void addFixedInverse(double[] out) {
        double[] w = wideOfFixed();
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                double sum = 0;
                for (int k = 0; k < p; k++) {
                    sum += w[k * p + i] * w[k * p + j];
                }
                out[i * border + j] += sum;
            }
        }
    }

    private double[] fixedInverse = new double[0];

    /** R_X⁻ᵀ, column by column: entry (k, i). */
    private double[] wideOfFixed() {
        if (fixedInverse.length == 0) {
            fixedInverse = new double[p * p];
        }
        Arrays.fill(fixedInverse, 0);
        for (int i = 0; i < p; i++) {
            fixedInverse[i * p + i] = 1;
        }
        for (int i = 0; i < p; i++) {
            leftSolve(fixedInverse, i, p);
        }
        return fixedInverse;
    }

    int p() {
        return p;
    }
}
