package henderson.testkit;

import henderson.api.Criterion;
import java.math.BigDecimal;
import java.util.List;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.jspecify.annotations.Nullable;

/**
 * What {@link DenseLikelihood} finds, rounded from many digits: the objective, {@code β̂}, {@code σ²}, predicted random
 * effects, and derivatives of the objective with respect to covariances.
 */
public final class DenseSolution {
    private final DfpField field;
    private final List<DenseTerm> terms;
    private final Criterion criterion;
    private final int n;
    private final int p;
    /** V = LLᵀ. */
    private final Dfp[][] l;
    /** V⁻¹(y − Xβ̂), n. */
    private final Dfp[] residual;
    /** L⁻¹X by columns, p × n. */
    private final Dfp[][] whiteX;
    /** XᵀV⁻¹X = MMᵀ. */
    private final Dfp[][] m;

    private final Dfp[] beta;
    private final Dfp sumOfSquares;
    private final Dfp sigmaSquared;
    private final Dfp objective;
    private Dfp @Nullable [] @Nullable [] score;

    DenseSolution(
            DfpField field,
            Dfp[] y,
            Dfp[][] x,
            Dfp[][] v,
            List<DenseTerm> terms,
            Criterion criterion,
            @Nullable Dfp given) {
        this.field = field;
        this.terms = List.copyOf(terms);
        this.criterion = criterion;
        this.n = y.length;
        this.p = n == 0 ? 0 : x[0].length;
        this.l = HighPrecision.cholesky(field, v);
        this.whiteX = HighPrecision.columns(x, p);
        for (int j = 0; j < p; j++) {
            whiteX[j] = HighPrecision.forward(field, l, whiteX[j]);
        }
        this.m = HighPrecision.cholesky(field, HighPrecision.timesTransposed(field, whiteX));
        Dfp[] white = HighPrecision.forward(field, l, y);
        this.beta = coefficients(white);
        for (int j = 0; j < p; j++) {
            for (int i = 0; i < n; i++) {
                white[i] = white[i].subtract(whiteX[j][i].multiply(beta[j]));
            }
        }
        this.sumOfSquares = HighPrecision.dot(field, white, white, n);
        this.residual = HighPrecision.backward(field, l, white);
        this.sigmaSquared = given == null ? sumOfSquares.divide(degrees()) : given;
        this.objective = objectiveOf();
    }

    private Dfp[] coefficients(Dfp[] white) {
        Dfp[] xy = new Dfp[p];
        for (int j = 0; j < p; j++) {
            xy[j] = HighPrecision.dot(field, whiteX[j], white, n);
        }
        return HighPrecision.backward(field, m, HighPrecision.forward(field, m, xy));
    }

    /** n, or n − p under REML. */
    private int degrees() {
        return criterion == Criterion.REML ? n - p : n;
    }

    /** {@code log|V| (+ log|XᵀV⁻¹X|) + ν log(2πσ²) + r²/σ²}, {@code ν} = n or n − p. */
    private Dfp objectiveOf() {
        Dfp out = HighPrecision.logDeterminant(field, l);
        if (criterion == Criterion.REML) {
            out = out.add(HighPrecision.logDeterminant(field, m));
        }
        Dfp log = field.getPi().multiply(2).multiply(sigmaSquared).log();
        return out.add(log.multiply(degrees())).add(sumOfSquares.divide(sigmaSquared));
    }

    /** {@code −2} log-likelihood. */
    public double objective() {
        return objective.toDouble();
    }

    /** {@code −2} log-likelihood with 40 digits and more, for differences. */
    public BigDecimal preciseObjective() {
        return new BigDecimal(objective.toString());
    }

    /** {@code r² = (y − Xβ̂)ᵀV⁻¹(y − Xβ̂)}. */
    public double sumOfSquares() {
        return sumOfSquares.toDouble();
    }

    /** The given {@code σ²}, or {@code r²/n}, under REML {@code r²/(n − p)}. */
    public double sigmaSquared() {
        return sigmaSquared.toDouble();
    }

    /** {@code log|V|}. */
    public double logDeterminant() {
        return HighPrecision.logDeterminant(field, l).toDouble();
    }

    /** {@code β̂}, p. */
    public double[] beta() {
        return HighPrecision.toDouble(beta);
    }

    /** {@code σ²(XᵀV⁻¹X)⁻¹}, p × p. */
    public double[][] betaCovariance() {
        Dfp[][] inverse = HighPrecision.inverse(field, m);
        for (Dfp[] row : inverse) {
            for (int j = 0; j < p; j++) {
                row[j] = row[j].multiply(sigmaSquared);
            }
        }
        return HighPrecision.toDouble(inverse);
    }

    /** {@code b̂ = KGZᵀV⁻¹(y − Xβ̂)} of term {@code t}, levels × q. */
    public double[][] randomEffects(int t) {
        DenseTerm term = terms.get(t);
        int q = term.columns();
        Dfp[][] out = zeros(term.levels(), q);
        for (int level = 0; level < term.levels(); level++) {
            Dfp[] sum = zeros(1, q)[0];
            for (int i = 0; i < n; i++) {
                Dfp among = term.among(field, level, term.level()[i]).multiply(residual[i]);
                for (int a = 0; a < q && !among.isZero(); a++) {
                    sum[a] = sum[a].add(term.z()[i][a].multiply(among));
                }
            }
            for (int a = 0; a < q; a++) {
                out[level][a] = HighPrecision.dot(field, term.g()[a], sum, q);
            }
        }
        return HighPrecision.toDouble(out);
    }

    /** {@code S = ∂d/∂G} of term {@code t}, q × q: {@code ∂d/∂τₖ = tr(S ∂G/∂τₖ)}. */
    public double[][] score(int t) {
        DenseTerm term = terms.get(t);
        int q = term.columns();
        Dfp[][] s = scoreOfV();
        Dfp[][] out = zeros(q, q);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (!term.among(field, term.level()[i], term.level()[j]).isZero()) {
                    for (int a = 0; a < q; a++) {
                        for (int b = 0; b < q; b++) {
                            out[a][b] = out[a][b].add(s[i][j].multiply(term.derivative(field, i, j, a, b)));
                        }
                    }
                }
            }
        }
        return HighPrecision.toDouble(out);
    }

    /** {@code tr(∂d/∂V · change)}: the derivative of d along a change of V, n × n (weights already in it). */
    public double derivative(double[][] change) {
        Dfp[][] s = scoreOfV();
        Dfp sum = field.getZero();
        for (int i = 0; i < n; i++) {
            sum = sum.add(HighPrecision.dot(field, s[i], HighPrecision.of(field, change[i]), n));
        }
        return sum.toDouble();
    }

    /** {@code V⁻¹ − (REML) V⁻¹X(XᵀV⁻¹X)⁻¹XᵀV⁻¹ − rrᵀ/σ²} with {@code r = V⁻¹(y − Xβ̂)}; n × n. */
    private Dfp[][] scoreOfV() {
        if (score != null) {
            return score;
        }
        Dfp[][] out = HighPrecision.inverse(field, l);
        Dfp[][] hat = fixedHalf();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                Dfp less = residual[i].multiply(residual[j]).divide(sigmaSquared);
                if (criterion == Criterion.REML) {
                    less = less.add(HighPrecision.dot(field, hat[i], hat[j], p));
                }
                out[i][j] = out[i][j].subtract(less);
                out[j][i] = out[i][j];
            }
        }
        score = out;
        return out;
    }

    /** {@code V⁻¹XM⁻ᵀ}, n × p. */
    private Dfp[][] fixedHalf() {
        Dfp[][] byColumn = new Dfp[p][];
        for (int j = 0; j < p; j++) {
            byColumn[j] = HighPrecision.backward(field, l, whiteX[j]);
        }
        Dfp[][] out = HighPrecision.columns(byColumn, n);
        for (int i = 0; i < n; i++) {
            out[i] = HighPrecision.forward(field, m, out[i]);
        }
        return out;
    }

    private Dfp[][] zeros(int rows, int columns) {
        Dfp[][] out = new Dfp[rows][columns];
        for (Dfp[] row : out) {
            java.util.Arrays.fill(row, field.getZero());
        }
        return out;
    }
}
