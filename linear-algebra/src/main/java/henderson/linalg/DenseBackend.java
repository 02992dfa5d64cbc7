package henderson.linalg;

import java.util.ServiceLoader;

/**
 * Kernels for large dense blocks, held as an array of rows. Found by {@link ServiceLoader}; the first provider wins,
 * otherwise plain Java. A backend uses one thread and fixed tiles, so that equal input gives equal bits.
 */
public interface DenseBackend {
    /**
     * {@code RᵀR = A}: reads and overwrites the upper triangle of the leading n × n part, and turns the columns from n to
     * width into {@code R⁻ᵀ} times themselves.
     *
     * @return false where A is not positive definite; the content is then undefined
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

    /** {@code C = AB}, all of order n. {@code c} is modified. */
    void multiply(double[][] a, double[][] b, int n, double[][] c);

    /** The backend in use. */
    static DenseBackend get() {
        return Holder.BACKEND;
    }

    /** Looked up once. */
    final class Holder {
        private static final DenseBackend BACKEND =
                ServiceLoader.load(DenseBackend.class).findFirst().orElseGet(JavaBackend::new);

        private Holder() {}
    }
}
