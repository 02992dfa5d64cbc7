package henderson.linalg;

/**
 * Kernels for large dense blocks, held as an array of rows. A backend uses one thread and fixed tiles, so that equal input
 * gives equal bits; it may be used by several threads at once.
 *
 * <p>The backend in use is plain Java below an order and, from that order on, the accelerated one that a
 * {@link DenseBackendProvider} on the class path offers, if its library is present. System properties change that:
 *
 * <ul>
 *   <li>{@code henderson.dense}: {@code auto} (the default), {@code java}, or the name of a provider, which must then serve;
 *   <li>{@code henderson.dense.from}: the order from which the accelerated backend is used, {@value #FROM} by default;
 *   <li>{@code henderson.dense.library}: path or name of the native library.
 * </ul>
 */
public interface DenseBackend {
    /** Order from which an accelerated backend is used. */
    int FROM = 512;

    /**
     * {@code RᵀR = A}: reads and overwrites the upper triangle of the leading n × n part, and turns the columns from n to
     * width into {@code R⁻ᵀ} times themselves. What stands below the diagonal is not read and afterwards undefined.
     *
     * @return false where A is not positive definite or not finite; the content is then undefined
     */
    boolean cholesky(double[][] a, int n, int width);

    /**
     * {@code Z = (RᵀR)⁻¹}, whole and symmetric, from the upper triangle of {@code r}, which may be used up. {@code z} is
     * modified.
     *
     * @param work at least {@link #inverseWorkspace} entries. Modified.
     */
    void inverse(double[][] r, int n, double[][] z, double[] work);

    /** Entries of scratch that {@link #inverse} of any order up to {@code n} wants. */
    int inverseWorkspace(int n);

    /** One line for people: what it is, and of which version. */
    String description();

    /** {@code C = AB}, all of order n. {@code c} is modified. */
    void multiply(double[][] a, double[][] b, int n, double[][] c);

    /** The backend in use. */
    static DenseBackend get() {
        return DenseChoice.inUse();
    }

    /** The plain Java one. */
    static DenseBackend plain() {
        return new JavaBackend();
    }
}
