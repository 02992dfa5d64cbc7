package henderson.equations.linear;

import henderson.equations.ProfiledDeviance;
import henderson.equations.RestrictedObjective;
import org.ejml.data.DMatrixRMaj;

/** {@code d} of a linear model over the coordinates that are free, as {@link Boundary} looks at it. */
public interface BoundaryObjective extends RestrictedObjective {
    /** {@code d} at a full point. */
    double at(double[] point);

    /** The same of a point that is looked at beside the one where the objective stands. */
    default double probe(double[] point) {
        return at(point);
    }

    /** {@code S_G = ∂d/∂G} of every term at the last point, null directions of G included. */
    DMatrixRMaj[] scores();

    /** {@code ∂d/∂τ_k} at a full point, NaN where {@code d} is. */
    double derivativeAt(double[] point, int k);

    /** Unit of a coordinate, in which the curvature is about one where it is known; infinite where it is not. */
    default double unit(int k) {
        return Double.POSITIVE_INFINITY;
    }

    /** The model that is evaluated. */
    ProfiledDeviance profile();
}
