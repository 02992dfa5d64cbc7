package henderson.equations;

import henderson.api.BoundStructure;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The Gram matrix of {@code Ṽ} and its derivatives, theory (43), of residual groups by pattern: {@code Σ count
 * ⟨C⁻¹V_jC⁻ᵀ, C⁻¹V_kC⁻ᵀ⟩}, {@code R = CCᵀ}.
 */
final class SharedIdentifiability {
    private final LinearEquations equations;
    private final SharedPatterns shared;
    private final BoundStructure structure;
    private final int[] termOf;
    private final DMatrixRMaj[] derivative;
    private final int[] residualAt;
    private final double[] rho;
    private final int size;
    private final double[] gram;
    private final double[] square;
    private final double[] scratch;
    private final double[][] whitened;
    private final RowProducts kernel;

    /**
     * At the parameters that rows are whitened with.
     *
     * @param derivative ∂G of each parameter's term
     * @param residualAt coordinates of the residual structure that are parameters
     */
    SharedIdentifiability(
            LinearEquations equations,
            SharedPatterns shared,
            BoundStructure structure,
            int[] termOf,
            DMatrixRMaj[] derivative,
            int[] residualAt) {
        this.equations = equations;
        this.shared = shared;
        this.structure = structure;
        this.termOf = termOf;
        this.derivative = derivative;
        this.residualAt = residualAt;
        this.rho = equations.whitenedAt();
        this.size = termOf.length + residualAt.length + 1;
        this.gram = new double[size * size];
        int n = shared.longest();
        this.square = new double[n * n];
        this.scratch = new double[n * n];
        this.kernel = new RowProducts(Math.max(n, shared.widest()));
        this.whitened = new double[size - 1][n * n];
    }

    /** Products, size × size; the last row and column belong to the identity. Null where R is too close to singular. */
    double @Nullable [] gram() {
        DMatrixRMaj[] r = shared.matrices();
        DMatrixRMaj[][] slopes = new DMatrixRMaj[residualAt.length][];
        for (int u = 0; u < r.length; u++) {
            structure.matrix(rho, shared.universe[u], r[u]);
        }
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = shared.matrices();
            for (int u = 0; u < r.length; u++) {
                structure.derivative(rho, residualAt[k], shared.universe[u], slopes[k][u]);
            }
        }
        for (int i = 0; i < shared.patterns.size(); i++) {
            shared.gather(i, r[shared.universeOf[i]].data, square);
            int n = shared.patterns.get(i).n;
            if (!(SquareMatrices.cholesky(square, n) > MarginalDeviance.TRUST)) {
                return null;
            }
            SquareMatrices.inverse(square, n, scratch);
            pattern(i, slopes);
        }
        for (int j = 0; j < size; j++) {
            for (int k = 0; k < j; k++) {
                gram[j * size + k] = gram[k * size + j];
            }
        }
        return gram;
    }

    private void pattern(int i, DMatrixRMaj[][] slopes) {
        SharedPattern pattern = shared.patterns.get(i);
        int n = pattern.n;
        int last = size - 1;
        for (int k = 0; k < last; k++) {
            if (k < termOf.length) {
                spread(pattern, k, whitened[k]);
            } else {
                shared.gather(i, slopes[k - termOf.length][shared.universeOf[i]].data, whitened[k]);
            }
            kernel.multiply(square, whitened[k], n, n, n, scratch);
            SquareMatrices.multiplyTransposed(scratch, square, n, n, n, whitened[k]);
            for (int j = 0; j <= k; j++) {
                gram[j * size + k] += pattern.count() * SquareMatrices.inner(whitened[j], whitened[k], n * n);
            }
            for (int a = 0; a < n; a++) {
                gram[k * size + last] += pattern.count() * whitened[k][a * n + a];
            }
        }
        gram[last * size + last] += (double) pattern.count() * n;
    }

    /** {@code out ← Z∂GZᵀ}. */
    private void spread(SharedPattern pattern, int k, double[] out) {
        Layout layout = equations.layout;
        int f = layout.factorOf[termOf[k]];
        int n = pattern.n;
        int q = derivative[k].numRows;
        Arrays.fill(out, 0, n * n, 0);
        double[] z = new double[n * q];
        double[] zd = new double[n * q];
        for (int node = 0; node < pattern.factor.length; node++) {
            if (pattern.factor[node] == f) {
                int column = pattern.column[node] + layout.columnOf[termOf[k]];
                for (int a = 0; a < n; a++) {
                    System.arraycopy(pattern.z, a * pattern.q + column, z, a * q, q);
                }
                kernel.multiply(z, derivative[k].data, n, q, q, zd);
                MarginalDeviance.addProduct(zd, z, n, q, out);
            }
        }
    }
}
