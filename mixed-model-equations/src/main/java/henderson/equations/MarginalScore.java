package henderson.equations;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * First derivatives of {@link MarginalDeviance} at its last value, theory (159). With {@code Ē = Σ ee'/σ̂²}
 * (under REML and what the uncertainty of β̂ adds), {@code Y = V⁻¹ĒV⁻¹} and {@code W = count V⁻¹ − Y} of each pattern, {@code
 * ∂d/∂τ_k = Σ tr(W V_k)}.
 */
public final class MarginalScore {
    private final MarginalDeviance of;
    private final SharedPatterns shared;
    private final int border;
    private final int p;
    /** Coordinates of the residual structure that are parameters. */
    private final int[] residualAt;
    /** W of each pattern. */
    private final double[][] w;
    /** Σ W over the lists of positions. */
    private final DMatrixRMaj[] ofResidual;
    /** ∂R/∂ρ_k, by parameter and list of positions. */
    private final DMatrixRMaj[][] slopes;
    /** Σ ZᵀWZ of each factor. */
    private final double[][] ofFactor;

    private final double[] gradient;
    private final double[] weight;
    private final double[] first;
    private final double[] second;
    private final double[] packed;
    private final double[] zw;
    private final RowProducts kernel;

    MarginalScore(MarginalDeviance of, int[] residualAt) {
        this.of = of;
        this.shared = of.shared();
        this.p = of.p();
        this.border = p + 1;
        this.residualAt = residualAt;
        this.w = new double[shared.patterns.size()][];
        for (int i = 0; i < w.length; i++) {
            w[i] = new double[shared.patterns.get(i).n * shared.patterns.get(i).n];
        }
        int longest = shared.longest();
        int widest = shared.widest();
        this.ofResidual = shared.matrices();
        this.slopes = new DMatrixRMaj[residualAt.length][];
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = shared.matrices();
        }
        Layout layout = of.equations().layout;
        this.ofFactor = new double[layout.factors][];
        for (int f = 0; f < ofFactor.length; f++) {
            ofFactor[f] = new double[layout.width[f] * layout.width[f]];
        }
        this.gradient = new double[residualAt.length];
        this.weight = new double[border * border];
        this.first = new double[longest * longest];
        this.second = new double[longest * longest];
        this.packed = new double[longest * (longest + 1) / 2];
        this.zw = new double[longest * widest];
        this.kernel = new RowProducts(Math.max(longest, widest));
    }

    /** Computes them; ρ as at the last value. */
    public void update(double[] rho) {
        weights();
        for (DMatrixRMaj sum : ofResidual) {
            sum.zero();
        }
        for (double[] sum : ofFactor) {
            Arrays.fill(sum, 0);
        }
        for (int i = 0; i < w.length; i++) {
            SharedPattern pattern = shared.patterns.get(i);
            int n = pattern.n;
            double[] inverse = of.inverse(i);
            pattern.spread(weight, packed, first);
            kernel.multiply(inverse, first, n, n, n, second);
            kernel.multiply(second, inverse, n, n, n, w[i]);
            for (int k = 0; k < n * n; k++) {
                w[i][k] = pattern.count() * inverse[k] - w[i][k];
            }
            shared.scatter(i, w[i], ofResidual[shared.universeOf[i]].data);
            if (pattern.q > 0) {
                random(pattern, w[i]);
            }
        }
        for (int k = 0; k < residualAt.length; k++) {
            gradient[k] = 0;
            for (int u = 0; u < ofResidual.length; u++) {
                DMatrixRMaj slope = slopes[k][u];
                of.structure().derivative(rho, residualAt[k], shared.universe[u], slope);
                gradient[k] += SquareMatrices.inner(ofResidual[u].data, slope.data, slope.getNumElements());
            }
        }
    }

    /** {@code cc'/σ̂²}, c = (−β̂, 1), and under REML {@code (X̃ᵀV⁻¹X̃)⁻¹}. */
    private void weights() {
        double[] c = of.contrast;
        for (int a = 0; a < border; a++) {
            for (int b = 0; b < border; b++) {
                weight[a * border + b] = c[a] * c[b] / of.sigma2();
            }
        }
        if (of.restricted()) {
            of.addFixedInverse(weight);
        }
    }

    /** Adds ZᵀWZ of every node to its factor. */
    private void random(SharedPattern pattern, double[] matrix) {
        int n = pattern.n;
        int q = pattern.q;
        kernel.multiply(matrix, pattern.z, n, n, q, zw);
        for (int k = 0; k < pattern.factor.length; k++) {
            double[] sum = ofFactor[pattern.factor[k]];
            int from = pattern.column[k];
            int width = pattern.column[k + 1] - from;
            for (int a = 0; a < width; a++) {
                for (int b = 0; b < width; b++) {
                    double value = 0;
                    for (int i = 0; i < n; i++) {
                        value += pattern.z[i * q + from + a] * zw[i * q + from + b];
                    }
                    sum[a * width + b] += value;
                }
            }
        }
    }

    /** W of a pattern. */
    double[] weights(int pattern) {
        return w[pattern];
    }

    /** ∂R over a list of positions by residual parameter k. */
    DMatrixRMaj slope(int universe, int k) {
        return slopes[k][universe];
    }

    /** Σ W over a list of positions. */
    DMatrixRMaj ofResidual(int universe) {
        return ofResidual[universe];
    }

    /** {@code ∂d/∂ρ_k} of the k-th residual parameter. */
    public double residual(int k) {
        return gradient[k];
    }

    /** {@code out ← S_G = ∂d/∂G} of a term. Modified. */
    public void ofTerm(int t, DMatrixRMaj out) {
        Layout layout = of.equations().layout;
        int f = layout.factorOf[t];
        int q = layout.columns[t];
        int at = layout.columnOf[t];
        int width = layout.width[f];
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                out.data[a * q + b] =
                        (ofFactor[f][(at + a) * width + at + b] + ofFactor[f][(at + b) * width + at + a]) / 2;
            }
        }
    }
}
