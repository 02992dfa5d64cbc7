package henderson.equations;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The Hessian of {@link MarginalDeviance} at its last score, theory (161), without what the map from parameters to G adds; and
 * the part of it that is never negative, a step matrix like the average information. A workspace.
 */
public final class MarginalCurvature {
    private final MarginalDeviance of;
    private final MarginalScore score;
    private final SharedPatterns shared;
    private final int border;
    private final int p;
    private final int[] termOf;
    private final int[] residualAt;
    private final int random;
    private final int size;
    /** Of each parameter and one pattern: V_k, V⁻¹V_k, V_kY and V⁻¹V_kV⁻¹. */
    private final double[][] v;

    private final double[][] left;
    private final double[][] right;
    private final double[][] both;
    /** {@code [X̃ ỹ]ᵀV⁻¹V_kV⁻¹[X̃ ỹ]}, border × border each. */
    private final double[][] forms;
    /** {@code R_X⁻ᵀX̃ᵀV⁻¹V_kV⁻¹e}, size × p, and {@code eᵀV⁻¹V_kV⁻¹e}. */
    private final double[] fixed;

    private final double[] squares;
    /** Σ ⟨V_j, V⁻¹V_kV⁻¹⟩ and Σ ⟨V⁻¹V_j, V_kY⟩. */
    private final double[] traces;

    private final double[] products;
    private final double[] y;
    private final double[] packed;
    private final double[] gamma;
    private final double[] vz;
    private final double[] yz;
    private final double[] zg;
    private final double[][] derivative;
    private final DMatrixRMaj[] work;
    private final RowProducts kernel;

    MarginalCurvature(MarginalDeviance of, MarginalScore score, int[] termOf, int[] residualAt) {
        this.of = of;
        this.score = score;
        this.shared = of.shared();
        this.p = of.p();
        this.border = p + 1;
        this.termOf = termOf;
        this.residualAt = residualAt;
        this.random = termOf.length;
        this.size = random + residualAt.length;
        int longest = shared.longest();
        int widest = shared.widest();
        this.v = new double[size][longest * longest];
        this.left = new double[size][longest * longest];
        this.right = new double[size][longest * longest];
        this.both = new double[size][longest * longest];
        this.forms = new double[size][border * border];
        this.fixed = new double[size * p];
        this.squares = new double[size];
        this.traces = new double[size * size];
        this.products = new double[size * size];
        this.y = new double[longest * longest];
        this.packed = new double[longest * (longest + 1) / 2];
        this.gamma = new double[widest * widest];
        this.vz = new double[longest * widest];
        this.yz = new double[longest * widest];
        this.zg = new double[longest * widest];
        Layout layout = of.equations().layout;
        this.derivative = new double[layout.factors][];
        for (int f = 0; f < derivative.length; f++) {
            derivative[f] = new double[layout.width[f] * layout.width[f]];
        }
        this.work = shared.matrices();
        this.kernel = new RowProducts(Math.max(longest, widest));
    }

    /**
     * Computes both matrices at the last score.
     *
     * @param first ∂G/∂τ_k of the term of each parameter of random terms
     */
    public void update(DMatrixRMaj[] first) {
        Arrays.fill(traces, 0);
        Arrays.fill(products, 0);
        for (double[] form : forms) {
            Arrays.fill(form, 0);
        }
        for (int i = 0; i < shared.patterns.size(); i++) {
            pattern(i, first);
        }
        for (int k = 0; k < size; k++) {
            double square = 0;
            for (int a = 0; a < border; a++) {
                double sum = 0;
                for (int b = 0; b < border; b++) {
                    sum += forms[k][a * border + b] * of.contrast[b];
                }
                if (a < p) {
                    fixed[k * p + a] = sum;
                }
                square += of.contrast[a] * sum;
            }
            squares[k] = square;
            of.leftSolve(fixed, k * p, 1);
            if (of.restricted()) {
                whiten(forms[k]);
            }
        }
    }

    private void pattern(int i, DMatrixRMaj[] first) {
        SharedPattern pattern = shared.patterns.get(i);
        int n = pattern.n;
        double[] inverse = of.inverse(i);
        double[] w = score.weights(i);
        for (int a = 0; a < n * n; a++) {
            y[a] = pattern.count() * inverse[a] - w[a];
        }
        if (pattern.q > 0) {
            kernel.multiply(inverse, pattern.z, n, n, pattern.q, vz);
            kernel.multiply(y, pattern.z, n, n, pattern.q, yz);
        }
        for (int k = 0; k < size; k++) {
            if (k < random) {
                ofRandom(pattern, k, first[k]);
            } else {
                shared.gather(i, score.slope(shared.universeOf[i], k - random).data, v[k]);
                kernel.multiply(inverse, v[k], n, n, n, left[k]);
                kernel.multiply(v[k], y, n, n, n, right[k]);
                kernel.multiply(left[k], inverse, n, n, n, both[k]);
            }
            SquareMatrices.pack(both[k], n, packed);
            pattern.form(packed, forms[k]);
            for (int j = 0; j <= k; j++) {
                traces[j * size + k] += pattern.count() * SquareMatrices.inner(v[j], both[k], n * n);
                products[j * size + k] += SquareMatrices.inner(left[j], right[k], n * n);
            }
        }
    }

    /** V_k = ZΓZᵀ and what follows, through the few columns of Z. */
    private void ofRandom(SharedPattern pattern, int k, DMatrixRMaj first) {
        int n = pattern.n;
        int q = pattern.q;
        Layout layout = of.equations().layout;
        int t = termOf[k];
        int f = layout.factorOf[t];
        for (double[] block : derivative) {
            Arrays.fill(block, 0);
        }
        for (int a = 0; a < first.numRows; a++) {
            for (int b = 0; b < first.numRows; b++) {
                derivative[f][(layout.columnOf[t] + a) * layout.width[f] + layout.columnOf[t] + b] =
                        first.data[a * first.numRows + b];
            }
        }
        of.blocks(pattern, derivative, gamma);
        Arrays.fill(v[k], 0, n * n, 0);
        Arrays.fill(left[k], 0, n * n, 0);
        Arrays.fill(right[k], 0, n * n, 0);
        Arrays.fill(both[k], 0, n * n, 0);
        kernel.multiply(pattern.z, gamma, n, q, q, zg);
        MarginalDeviance.addProduct(zg, pattern.z, n, q, v[k]);
        MarginalDeviance.addProduct(zg, yz, n, q, right[k]);
        kernel.multiply(vz, gamma, n, q, q, zg);
        MarginalDeviance.addProduct(zg, pattern.z, n, q, left[k]);
        MarginalDeviance.addProduct(zg, vz, n, q, both[k]);
    }

    /** {@code R_X⁻ᵀ(·)R_X⁻¹} of the leading part. */
    private void whiten(double[] form) {
        for (int j = 0; j < p; j++) {
            of.leftSolve(form, j, border);
        }
        for (int i = 0; i < p; i++) {
            of.leftSolve(form, i * border, 1);
        }
    }

    /** {@code out ←} the Hessian for fixed second derivatives of G; those of R are in it. Modified. */
    public void exact(double[] rho, DMatrixRMaj out) {
        for (int j = 0; j < size; j++) {
            for (int k = j; k < size; k++) {
                double value = 2 * (products[j * size + k] - overFixed(j, k)) - traces[j * size + k] - ratio(j, k);
                if (of.restricted()) {
                    for (int a = 0; a < p; a++) {
                        for (int b = 0; b < p; b++) {
                            value -= forms[j][a * border + b] * forms[k][a * border + b];
                        }
                    }
                }
                if (j >= random) {
                    value += second(rho, j - random, k - random);
                }
                out.set(j, k, value);
                out.set(k, j, value);
            }
        }
    }

    /** {@code out ←} a positive semidefinite matrix near the Hessian in expectation. Modified. */
    public void average(DMatrixRMaj out) {
        for (int j = 0; j < size; j++) {
            for (int k = j; k < size; k++) {
                double value = products[j * size + k] - overFixed(j, k) - ratio(j, k);
                out.set(j, k, value);
                out.set(k, j, value);
            }
        }
    }

    private double overFixed(int j, int k) {
        double sum = 0;
        for (int a = 0; a < p; a++) {
            sum += fixed[j * p + a] * fixed[k * p + a];
        }
        return sum / of.sigma2();
    }

    private double ratio(int j, int k) {
        return squares[j] * squares[k] / (of.residualSumOfSquares() * of.sigma2());
    }

    /** {@code Σ tr(W ∂²R/∂ρ_j∂ρ_k)}. */
    private double second(double[] rho, int j, int k) {
        double sum = 0;
        for (int u = 0; u < work.length; u++) {
            of.structure().second(rho, residualAt[j], residualAt[k], shared.universe[u], work[u]);
            sum += SquareMatrices.inner(score.ofResidual(u).data, work[u].data, work[u].getNumElements());
        }
        return sum;
    }

    /** {@code ∂ log r²/∂τ_k}. */
    public double logResidual(int k) {
        return -squares[k] / of.residualSumOfSquares();
    }
}
