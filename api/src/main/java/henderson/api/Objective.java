package henderson.api;

import org.ejml.data.DMatrixRMaj;

/**
 * A function to minimize. After {@link #value(double[])} the other methods speak of the same point. One thread.
 */
public interface Objective {
    /** Number of coordinates, ≥ 1. */
    int dimension();

    /** The value at {@code x}; NaN refuses the point. */
    double value(double[] x);

    /** Whether {@link #gradient} is offered; may be asked before any value. */
    default boolean differentiable() {
        return false;
    }

    /** {@code g ← ∇} at the last point; false where none is offered. Modified. */
    default boolean gradient(double[] g) {
        return false;
    }

    /** {@code h ← } a step matrix at the last point (average information and curvature); false where none is offered. */
    default boolean information(DMatrixRMaj h) {
        return false;
    }

    /** {@code h ← } the Hessian at the last point; false where none is offered. Modified. */
    default boolean hessian(DMatrixRMaj h) {
        return false;
    }

    /** Lower bound of coordinate {@code k}. */
    default double lower(int k) {
        return Double.NEGATIVE_INFINITY;
    }

    /** Upper bound of coordinate {@code k}. */
    default double upper(int k) {
        return Double.POSITIVE_INFINITY;
    }

    /** Digits the value is good to, relative to its size: differences below this are noise. */
    default double relativeNoise() {
        return 0x1p-46;
    }
}
