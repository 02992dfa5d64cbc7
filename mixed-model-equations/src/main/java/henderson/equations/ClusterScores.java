package henderson.equations;

import org.ejml.data.DMatrixRMaj;

/**
 * What a cluster-robust covariance is made of: the derivatives of each cluster's log-likelihood at the estimates, in
 * coordinates {@code γ} of the supplier's choice, theory (80) to (86). A linear model takes the columns of X inside, the
 * free search coordinates and {@code log σ}; any other model with independent clusters takes what it searches over.
 */
public interface ClusterScores {
    /** {@code sᵢ = ∂ℓᵢ/∂γ}, clusters × coordinates. */
    DMatrixRMaj scores();

    /** The model-based covariance of {@code γ̂}, coordinates × coordinates. */
    DMatrixRMaj covariance();

    /**
     * {@code ∂(β, ψ)/∂γ}: fixed effects as given, then the variance parameters in the fit's order; (p + parameters) ×
     * coordinates. Rows of parameters on their boundary are zero.
     */
    DMatrixRMaj jacobian();
}
