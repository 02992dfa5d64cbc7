package henderson.equations;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** The exact gradient of {@link LaplaceApproximation} at its last point, theory (51), (52). A workspace. */
final class LaplaceGradient {
    private final LaplaceApproximation laplace;
    private final int n;
    /** t of theory (51), then e, n. */
    private final double[] turn;
    /** {@code d_iᵀH⁻¹d_i}, n. */
    private final double[] form;
    /** a of theory (51). */
    private final double[] adjoint;
    /** Da, n. */
    private final double[] moved;
    /** H⁻¹d_i of the rows at their entries, entries × n. */
    private final double[][] image;

    LaplaceGradient(LaplaceApproximation laplace) {
        this.laplace = laplace;
        this.n = laplace.n;
        this.turn = new double[n];
        this.form = new double[n];
        this.moved = new double[n];
        this.adjoint = new double[laplace.v.length];
        this.image = new double[laplace.equations.entries][n];
    }

    /** See {@link LaplaceApproximation#gradient(double[], DMatrixRMaj[], double[])}. */
    void at(double[] byBeta, DMatrixRMaj[] byLambda, double[] byPhi) {
        double[] density = laplace.density;
        int components = laplace.equations.elimination.components();
        for (int c = 0; c < components; c++) {
            laplace.factor.invert(c, laplace.scratch);
        }
        Arrays.fill(byBeta, 0);
        for (DMatrixRMaj m : byLambda) {
            m.zero();
        }
        // t = −ℓ‴c, c_i = d_iᵀH⁻¹d_i; a = H⁻¹Dᵀt; e = −2ℓ′ + t − W Da   (51)
        Arrays.fill(adjoint, 0);
        laplace.design.quadratic(laplace.factor.inverse(), image, form);
        for (int i = 0; i < n; i++) {
            turn[i] = -density[3 * n + i] * form[i];
        }
        laplace.design.scatter(turn, 0, adjoint);
        laplace.design.addImages(density, 2 * n, image, byLambda);
        laplace.solve(adjoint);
        Arrays.fill(moved, 0);
        laplace.design.predictor(moved, adjoint, moved);
        for (int i = 0; i < n; i++) {
            turn[i] -= 2 * density[n + i] - density[2 * n + i] * moved[i];
            for (int j = 0; j < byBeta.length; j++) {
                byBeta[j] += turn[i] * laplace.equations.x[i * laplace.equations.p + j];
            }
        }
        laplace.design.addOuters(turn, laplace.v, density, n, adjoint, byLambda); // (52)
        for (int k = 0; k < laplace.phi.length; k++) {
            byPhi[k] = byAuxiliary((4 + 3 * k) * n);
        }
    }

    /** {@code Σ −2∂ℓ/∂φ − c_i ∂ℓ″/∂φ − … } of one own parameter, its derivatives from {@code block} on, theory (115). */
    private double byAuxiliary(int block) {
        double[] density = laplace.density;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += -2 * density[block + i] + moved[i] * density[block + n + i] - form[i] * density[block + 2 * n + i];
        }
        return sum;
    }
}
