package henderson.equations.linear;

import henderson.api.Moments;
import henderson.equations.ProfiledDeviance;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** One way to {@code d} and its derivatives by the coordinates of all structures, in their own units, at a {@link Place}. */
interface Road {
    /** {@code d} where the place is now; what else it is asked for is of this value. NaN where it cannot be computed. */
    double value();

    /** Whether the last value carries all digits. */
    boolean trusted();

    /** Whether it is known to stand where it took its last value. */
    boolean stands();

    /** {@code out ← ∂d/∂τ}. */
    void gradient(double[] out);

    /** {@code S_G = ∂d/∂G} of every term, null directions of G included. */
    DMatrixRMaj[] scores();

    /** A step matrix: average information and curvature of the map τ ↦ G, theory (31). Valid until the next call. */
    DMatrixRMaj average();

    /**
     * The Hessian in closed form.
     *
     * @param h   over all coordinates. Modified.
     * @param log {@code ∂log r²/∂τ}. Modified.
     * @return false where there is none
     */
    boolean exact(DMatrixRMaj h, double[] log);

    /** Whether the Hessian comes with the step matrix, at no further cost. */
    boolean exactIsFree();

    /** {@code Σ E[bbᵀ]/σ̂²} of each term, theory (34). */
    List<Moments> moments();

    /** What else belongs to the value. */
    ProfiledDeviance profile();
}
