package henderson.testkit;

import henderson.api.Criterion;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.jspecify.annotations.Nullable;

/**
 * The likelihood of a linear mixed model by brute force: {@code V = ZGZᵀ + W^{-½}RW^{-½}} is formed and factored densely in
 * decimal arithmetic of {@value #DIGITS} digits, so that random effects may dwarf the noise by 10¹⁰ and the answer still
 * rounds to the right double. Nothing is shared with the code it is there to test. For {@code n ≤ 60} or so.
 *
 * <pre>{@code
 * new DenseLikelihood(y, x)
 *     .weights(w)
 *     .term(level, levels, z, lambda)
 *     .profiled(Criterion.REML).objective();
 * }</pre>
 */
public final class DenseLikelihood {
    /** Decimal digits carried. */
    public static final int DIGITS = 72;

    private final DfpField field;
    /** y, n. */
    private final Dfp[] y;
    /** X, n × p. */
    private final Dfp[][] x;

    private final List<DenseTerm> terms = new ArrayList<>();
    private double @Nullable [] weights;
    private double @Nullable [][] residual;

    /**
     * @param y response, n
     * @param x fixed-effects design of full column rank, n × p; p may be 0
     */
    public DenseLikelihood(double[] y, double[][] x) {
        this(y, x, DIGITS);
    }

    DenseLikelihood(double[] y, double[][] x, int digits) {
        this.field = new DfpField(digits);
        this.y = HighPrecision.of(field, y);
        this.x = HighPrecision.of(field, x);
    }

    /** Adds a term of independent levels, each with covariance {@code ΛΛᵀ} relative to {@code σ²}. */
    public DenseLikelihood term(int[] level, int levels, double[][] z, double[][] lambda) {
        return term(level, levels, z, lambda, null);
    }

    /**
     * Adds a term whose levels are correlated: {@code b ~ N(0, σ² K ⊗ ΛΛᵀ)}.
     *
     * @param level  level of each row, n, from 0
     * @param levels how many there are, those without rows included
     * @param z      random-effects rows, n × q
     * @param lambda any Λ, q × r
     * @param k      covariance among levels, or null for the identity
     */
    public DenseLikelihood term(
            int[] level, int levels, double[][] z, double[][] lambda, double @Nullable [] @Nullable [] k) {
        terms.add(new DenseTerm(
                level.clone(),
                levels,
                HighPrecision.of(field, z),
                HighPrecision.timesTransposed(field, HighPrecision.of(field, lambda)),
                k == null ? null : HighPrecision.of(field, k)));
        return this;
    }

    /** Sets precision weights, n, positive. */
    public DenseLikelihood weights(double @Nullable [] w) {
        this.weights = w == null ? null : w.clone();
        return this;
    }

    /** Sets the residual covariance relative to {@code σ²}, n × n; the identity unless given. */
    public DenseLikelihood residual(double[][] r) {
        this.residual = r.clone();
        return this;
    }

    /**
     * {@code −2} log-likelihood with {@code β} and {@code σ²} at their best, all constants included.
     *
     * @throws ArithmeticException when V is not positive definite
     */
    public DenseSolution profiled(Criterion criterion) {
        return new DenseSolution(field, y, x, covariance(), terms, criterion, null);
    }

    /** {@code −2} log-likelihood with {@code β} at its best and the given {@code σ²}. */
    public DenseSolution given(Criterion criterion, double sigmaSquared) {
        return new DenseSolution(field, y, x, covariance(), terms, criterion, field.newDfp(sigmaSquared));
    }

    /** V, n × n. */
    private Dfp[][] covariance() {
        int n = y.length;
        Dfp[][] v = new Dfp[n][n];
        Dfp[] rootWeights = rootWeights();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                Dfp sum = residual == null ? (i == j ? field.getOne() : field.getZero()) : field.newDfp(residual[i][j]);
                sum = i == j && weights != null
                        ? sum.divide(field.newDfp(weights[i]))
                        : sum.divide(rootWeights[i].multiply(rootWeights[j]));
                for (DenseTerm t : terms) {
                    sum = sum.add(t.covariance(field, i, j));
                }
                v[i][j] = sum;
                v[j][i] = sum;
            }
        }
        return v;
    }

    private Dfp[] rootWeights() {
        Dfp[] out = new Dfp[y.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = weights == null ? field.getOne() : field.newDfp(weights[i]).sqrt();
        }
        return out;
    }
}
