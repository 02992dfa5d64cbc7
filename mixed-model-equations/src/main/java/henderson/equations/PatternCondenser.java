package henderson.equations;

import henderson.api.BoundStructure;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Cross-products of whitened rows without whitening: {@code ZᵀR⁻¹Z} is the same in all groups of a pattern, {@code
 * ZᵀR⁻¹[X̃ ỹ]} one product for each group, and {@code [X̃ ỹ]ᵀR⁻¹[X̃ ỹ]} comes from the sums of the pattern. A workspace.
 */
final class PatternCondenser {
    private final SharedPatterns shared;
    private final ResidualLines lines;
    private final BoundStructure structure;
    private final int border;
    private final DMatrixRMaj[] residual;
    private final double[] square;
    private final double[] inverse;
    private final double[] packed;
    /** R⁻¹Z. */
    private final double[] solved;

    private final double[] total;
    private final double[] products;
    private double logDeterminant;

    PatternCondenser(SharedPatterns shared, ResidualLines lines, BoundStructure structure, Layout layout) {
        this.shared = shared;
        this.lines = lines;
        this.structure = structure;
        this.border = lines.border;
        this.residual = shared.matrices();
        int n = shared.longest();
        int q = shared.widest();
        this.square = new double[n * n];
        this.inverse = new double[n * n];
        this.packed = new double[n * (n + 1) / 2];
        this.solved = new double[n * q];
        this.total = new double[border * border];
        this.products = new double[(q + border) * (q + border)];
    }

    /**
     * Condenses at ρ.
     *
     * @param into cleared first. Modified.
     * @return false, and {@code into} undefined, where digits would be missed or R is not positive definite
     */
    boolean condense(double[] rho, Condensed into) {
        for (int u = 0; u < residual.length; u++) {
            structure.matrix(rho, shared.universe[u], residual[u]);
        }
        into.clear();
        Arrays.fill(total, 0);
        logDeterminant = 0;
        for (int i = 0; i < shared.patterns.size(); i++) {
            SharedPattern pattern = shared.patterns.get(i);
            int n = pattern.n;
            shared.gather(i, residual[shared.universeOf[i]].data, square);
            if (!(SquareMatrices.cholesky(square, n) > MarginalDeviance.TRUST)) {
                return false;
            }
            logDeterminant += pattern.count() * SquareMatrices.logDeterminant(square, n);
            SquareMatrices.inverse(square, n, inverse);
            SquareMatrices.pack(inverse, n, packed);
            pattern.form(packed, total);
            if (pattern.q > 0) {
                groups(pattern, into);
            }
        }
        into.addProducts(0, new int[0], total, border);
        into.close();
        return true;
    }

    private void groups(SharedPattern pattern, Condensed into) {
        int n = pattern.n;
        int q = pattern.q;
        int width = q + border;
        SquareMatrices.multiply(inverse, pattern.z, n, n, q, solved);
        Arrays.fill(products, 0, width * width, 0);
        for (int a = 0; a < q; a++) {
            for (int b = a; b < q; b++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += pattern.z[i * q + a] * solved[i * q + b];
                }
                products[a * width + b] = sum;
            }
        }
        for (int g : pattern.groups) {
            for (int a = 0; a < q; a++) {
                Arrays.fill(products, a * width + q, (a + 1) * width, 0);
            }
            int from = lines.first[g] * border;
            for (int i = 0; i < n; i++) {
                for (int a = 0; a < q; a++) {
                    double f = solved[i * q + a];
                    int at = a * width + q;
                    for (int k = 0; k < border; k++) {
                        products[at + k] += f * lines.xy[from + i * border + k];
                    }
                }
            }
            into.addProducts(pattern.factor.length, lines.nodes(g), products, width);
        }
    }

    /** {@code log|R|} at the last condensing. */
    double logDeterminant() {
        return logDeterminant;
    }
}
