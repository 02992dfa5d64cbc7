package henderson.equations.generalized;

import henderson.api.Fit;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * An approximation to −2 log-likelihood of a generalized linear mixed model as a function of (β, Λ, φ), Λ of each term
 * absolute, with its exact gradient. A workspace: one thread calls it, and it may use others inside.
 */
public interface Approximation {
    /**
     * {@code d} at a point; NaN where it cannot be computed. Modes start from the last ones.
     *
     * @param beta   fixed effects, p
     * @param lambda Λ of each term
     * @param phi    the family's own parameters
     */
    double value(double[] beta, DMatrixRMaj[] lambda, double[] phi);

    /**
     * The gradient at the last point, whose value was a number.
     *
     * @param byBeta   ∂d/∂β, p. Modified.
     * @param byLambda ∂d/∂Λ of each term. Modified.
     * @param byPhi    ∂d/∂φ. Modified.
     */
    void gradient(double[] byBeta, DMatrixRMaj[] byLambda, double[] byPhi);

    /**
     * Information on β with the random effects integrated out of the Gaussian approximation at the mode, theory (119):
     * {@code 2(XᵀWX − XᵀWD H⁻¹ DᵀWX)} at the last point.
     *
     * @param out p × p. Modified.
     */
    void fixedInformation(DMatrixRMaj out);

    /**
     * Second derivatives of {@code d} by β and τ at the last point.
     *
     * @param bends derivatives of Λ by τ
     * @param out   p + number of τ, square. Modified.
     * @return false where they are not offered
     */
    default boolean hessian(FactorBends bends, DMatrixRMaj out) {
        return false;
    }

    /** Random effects of a term at the last point: modes {@code Λv̂} and their curvature covariances. */
    Fit.Effects modes(int term);

    /**
     * Random effects of a term at the last point: posterior means and covariances by quadrature, with the nodes of the rule
     * itself; for Laplace with 7 points about mode and curvature. Null where that is not offered.
     */
    default Fit.@Nullable Effects means(int term) {
        return null;
    }

    /**
     * The part of the gradient that one cluster has, at the last point; arguments as in {@link #gradient}.
     *
     * @return false where the clusters have no parts of their own
     */
    default boolean clusterGradient(int cluster, double[] byBeta, DMatrixRMaj[] byLambda, double[] byPhi) {
        return false;
    }

    /** Cluster of each row, in the model's order; empty where the clusters have no parts of their own. */
    default int[] clusterOfRows() {
        return new int[0];
    }

    /** Mean square of each column of Z of a term. */
    double[] meanSquares(int term);

    /**
     * Logarithms of importance weights, at the last point: {@code log L / L_Laplace} is the log of their mean. Draws are from
     * the Gaussian at mode and curvature.
     *
     * @return empty where it is not offered
     */
    default double[] importance(int draws, long seed) {
        return new double[0];
    }

    /** Nodes kept of a pruned grid, such as {@code 1331 of 2401}; empty where nothing is pruned. */
    default String grid() {
        return "";
    }

    /**
     * The same over a part of the clusters, from the same modes: the two are used in turn. Null where clusters are few, or are
     * not independent.
     */
    default @Nullable Approximation part() {
        return null;
    }

    /** Rows. */
    int rows();

    /** Clusters, which are independent of one another. */
    int clusters();
}
