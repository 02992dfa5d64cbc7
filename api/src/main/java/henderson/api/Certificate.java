package henderson.api;

import java.util.List;

/**
 * Evidence that a point is a local optimum (theory, section on certificates).
 *
 * @param decrement          {@code ½gᵀH⁻¹g} over the active parameters; 1e-12 bounds every parameter's error by about
 *                           1e-6 standard errors
 * @param boundaryCurvature  smallest eigenvalue of the curvature on boundary directions, relative to the largest entry of
 *                           the score; NaN when nothing is on a boundary
 * @param positive           eigenvalues of the observed Hessian that are positive
 * @param zero               … that vanish: flat directions
 * @param negative           … that are negative
 * @param flatDirections     each flat direction by the parameter it mostly moves
 * @param activeParameters   number of parameters not on a boundary
 * @param tolerance          the decrement asked for
 */
public record Certificate(
        double decrement,
        double boundaryCurvature,
        int positive,
        int zero,
        int negative,
        List<String> flatDirections,
        int activeParameters,
        double tolerance) {
    public Certificate {
        flatDirections = List.copyOf(flatDirections);
    }

    /** Whether all three conditions hold. */
    public boolean holds() {
        return decrement <= tolerance && negative == 0 && zero == 0 && !(boundaryCurvature < -1e-6);
    }
}
