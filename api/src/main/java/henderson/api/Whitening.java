package henderson.api;

/**
 * Products with the inverse square root of {@code R = CCᵀ} for one pattern of positions. {@link #update(double[])} is
 * called by one thread once per evaluation; everything else only reads. Arrays are row-major blocks of as many rows as the
 * pattern has positions.
 *
 * <p>Laws: {@code whiten} after {@code colour} is the identity; {@code colour} of the identity times its transpose is the
 * matrix; {@code q(k, ·)} multiplies by {@code C⁻¹ (∂R/∂ρₖ) C⁻ᵀ}; {@code traceQ(k)} is the trace of that. Where {@link
 * #transposes()}, the products with {@code C⁻ᵀ} and {@code Cᵀ} are those of the same C.
 */
public interface Whitening {
    /** Prepares for parameters {@code tau}; false when {@code R} is not positive definite there. */
    boolean update(double[] tau);

    /** {@code log|R|}. */
    double logDeterminant();

    /** {@code x ← C⁻¹x}; {@code x} holds rows × {@code columns} numbers from {@code offset}. Modified. */
    void whiten(double[] x, int offset, int columns);

    /** {@code x ← Cx}. Modified. */
    void colour(double[] x, int offset, int columns);

    /** {@code out ← Qₖx} for whitened {@code x}, from the same offset. {@code out} is modified. */
    void q(int k, double[] x, int offset, int columns, double[] out);

    /** {@code tr Qₖ}. */
    double traceQ(int k);

    /**
     * Whether {@link #whitenTransposed} and {@link #colourTransposed} are offered. A combinator whose variances differ
     * within a pattern needs them to keep the cost of what it stands over; without them it falls back on a dense factor.
     */
    default boolean transposes() {
        return false;
    }

    /** {@code x ← C⁻ᵀx}. Modified. */
    default void whitenTransposed(double[] x, int offset, int columns) {
        throw new UnsupportedOperationException("This whitening has no transpose.");
    }

    /** {@code x ← Cᵀx}. Modified. */
    default void colourTransposed(double[] x, int offset, int columns) {
        throw new UnsupportedOperationException("This whitening has no transpose.");
    }
}
