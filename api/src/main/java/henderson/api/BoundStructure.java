package henderson.api;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A covariance structure bound to its positions: the smooth map from search coordinates to a covariance matrix. It is
 * written once with a free scale and never learns its side.
 *
 * <p>Laws, proven by {@code CovarianceStructureContract}:
 *
 * <ol>
 *   <li>{@code τ ↦ matrix(τ)} is smooth, symmetric and positive semidefinite on all of ℝᵏ where it is not NaN.
 *   <li>The coordinates that {@code scales} are homogeneous: multiplied by c they multiply the matrix by c².
 *   <li>A boundary value (zero variance, perfect correlation) is reached at a finite point.
 *   <li>{@code derivative} and {@code second} are the derivatives of {@code matrix}; {@code factorDerivative} that of
 *       {@code factor}; {@code factor · factorᵀ = matrix}.
 *   <li>{@code matrix(τ, at)} is the sub-matrix of the whole for any list of indices, repeats and any order included.
 * </ol>
 *
 * <p>All functions are pure and thread-safe. {@code at} lists indices into the positions of {@link
 * CovarianceStructure#bind}.
 */
public interface BoundStructure {
    /** The search coordinates, in order. */
    List<Coordinate> coordinates();

    /**
     * The covariance matrix of positions {@code at}, NaN where the parameters are not admissible.
     *
     * @param out {@code at.length} square. Modified.
     * @return {@code out}
     */
    DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out);

    /** Index of the coordinate held at 1 where another owns the scale. */
    default int held() {
        return 0;
    }

    /** Index of the natural parameter that is the reference variance. */
    default int reference() {
        return 0;
    }

    /** The natural parameters, as many as coordinates. */
    default List<Natural> naturals() {
        List<Natural> out = new ArrayList<>();
        coordinates().forEach(c -> out.add(c.natural()));
        return out;
    }

    /** Values of the natural parameters. */
    default double[] natural(double[] tau) {
        List<Coordinate> coordinates = coordinates();
        double[] out = new double[tau.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = coordinates.get(k).value().applyAsDouble(tau[k]);
        }
        return out;
    }

    /** {@code out ← ∂matrix/∂τₖ}; by default six-point central differences. */
    default void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        Differences.first(tau, k, at, out, this::matrix);
    }

    /** {@code out ← ∂²matrix/∂τⱼ∂τₖ}; by default six-point central differences of {@link #derivative}. */
    default void second(double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
        Differences.first(tau, j, at, out, (t, a, o) -> {
            derivative(t, k, a, o);
            return o;
        });
    }

    /**
     * {@code out ← Λ}, {@code at.length} square, with {@code ΛΛᵀ = matrix}; lower triangular only where the structure says
     * so. By default a semidefinite Cholesky factor, which is.
     */
    default void factor(double[] tau, int[] at, DMatrixRMaj out) {
        Semidefinite.cholesky(matrix(tau, at, out));
    }

    /** {@code out ← ∂Λ/∂τₖ} of {@link #factor}; false where that is not smooth or not the structure's own. */
    default boolean factorDerivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        return false;
    }

    /** Where a search may start, given moments; by default the neutral point scaled to the mean variance. */
    default double[] start(List<Moments> moments) {
        List<Coordinate> coordinates = coordinates();
        double[] tau = new double[coordinates.size()];
        for (int k = 0; k < tau.length; k++) {
            tau[k] = coordinates.get(k).neutral();
        }
        double wanted = 0;
        double got = 0;
        for (Moments m : moments) {
            DMatrixRMaj v = matrix(tau, m.at(), new DMatrixRMaj(m.at().length, m.at().length));
            for (int i = 0; i < m.at().length; i++) {
                wanted += m.sum().get(i, i);
                got += m.count() * v.get(i, i);
            }
        }
        if (wanted > 0 && got > 0) {
            double c = Math.sqrt(wanted / got);
            for (int k = 0; k < tau.length; k++) {
                tau[k] *= coordinates.get(k).scales() ? c : 1;
            }
        }
        return tau;
    }

    /**
     * The maximizer of {@code −Σ (count log|G| + tr(G⁻¹ sum))}, in closed form.
     *
     * @param tau current point, replaced by the maximizer. Modified.
     * @return false, and {@code tau} untouched, where there is no closed form
     */
    default boolean maximize(List<Moments> moments, double[] tau) {
        return false;
    }

    /** Products with the inverse square root of the matrix for the pattern {@code at}; by default dense Cholesky. */
    default Whitening whitening(int[] at) {
        return new DenseWhitening(this, at);
    }

    /**
     * Points near {@code tau} with one more parameter on its boundary, the nearest first; empty where there are none.
     * By default each free coordinate in turn at its nearest snap value.
     */
    default List<double[]> boundaryPoints(double[] tau) {
        List<Coordinate> coordinates = coordinates();
        boolean[] free = free(tau);
        List<double[]> out = new ArrayList<>();
        for (int k = 0; k < tau.length; k++) {
            double[] snaps = coordinates.get(k).snaps();
            if (free[k] && snaps.length > 0) {
                double nearest = snaps[0];
                for (double s : snaps) {
                    nearest = Math.abs(tau[k] - s) < Math.abs(tau[k] - nearest) ? s : nearest;
                }
                double[] point = tau.clone();
                point[k] = nearest;
                out.add(point);
            }
        }
        double[] from = tau;
        out.sort((a, b) -> Double.compare(Differences.distance(a, from), Differences.distance(b, from)));
        return out;
    }

    /** Which coordinates may move while the parameters on their boundary stay there. */
    default boolean[] free(double[] tau) {
        List<Coordinate> coordinates = coordinates();
        boolean[] free = new boolean[tau.length];
        for (int k = 0; k < tau.length; k++) {
            free[k] = true;
            for (double s : coordinates.get(k).snaps()) {
                free[k] &= tau[k] != s;
            }
        }
        return free;
    }

    /**
     * The matrix that must be positive semidefinite for {@code tau}, on the boundary, to be a local minimum: {@code ½
     * tr(S ∂²G/∂τⱼ∂τₖ)} on the directions in which {@code G} has no first derivative; empty in the interior. Null: derive
     * it from {@link #derivative} and {@link #second}.
     *
     * @param score {@code S = ∂d/∂G}, symmetric
     */
    default @Nullable DMatrixRMaj boundaryCurvature(double[] tau, DMatrixRMaj score) {
        return null;
    }

    /**
     * A point off the boundary along the most negative direction of {@link #boundaryCurvature}: {@code tr(SG)} changes by
     * {@code t} times its least eigenvalue. Null: derive it.
     */
    default double @Nullable [] release(double[] tau, DMatrixRMaj score, double t) {
        return null;
    }

    /** What heads its parameters in a table, such as {@code AR(2)}; empty: the name of its kind. */
    default String title() {
        return "";
    }

    /** Levels under {@code by} and {@code variances}; empty otherwise. */
    default List<String> levels() {
        return List.of();
    }
}
