package henderson.linalg;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plain Java below an order, from there on the accelerated backend, which is loaded when an order first reaches that far;
 * without one, plain Java for all.
 */
final class SwitchedBackend implements DenseBackend {
    private final DenseBackend plain;
    private final int from;
    private final Supplier<DenseChoice.Found> load;
    /** Set once. */
    private volatile DenseChoice.@Nullable Found found;

    SwitchedBackend(DenseBackend plain, int from, Supplier<DenseChoice.Found> load) {
        this.plain = plain;
        this.from = from;
        this.load = load;
    }

    @Override
    public boolean cholesky(double[][] a, int n, int width) {
        return of(n).cholesky(a, n, width);
    }

    @Override
    public void inverse(double[][] r, int n, double[][] z, double[] work) {
        of(n).inverse(r, n, z, work);
    }

    @Override
    public void multiply(double[][] a, double[][] b, int n, double[][] c) {
        of(n).multiply(a, b, n, c);
    }

    @Override
    public int inverseWorkspace(int n) {
        int own = plain.inverseWorkspace(n);
        return n < from ? own : Math.max(own, of(n).inverseWorkspace(n));
    }

    @Override
    public String description() {
        DenseChoice.Found f = found();
        return f.backend() == null
                ? plain.description() + " (" + f.why() + ")"
                : plain.description() + ", from order " + from + " on "
                        + f.backend().description();
    }

    private DenseBackend of(int n) {
        if (n < from) {
            return plain;
        }
        DenseBackend fast = found().backend();
        return fast == null ? plain : fast;
    }

    private DenseChoice.Found found() {
        DenseChoice.Found f = found;
        if (f == null) {
            synchronized (this) {
                f = found;
                if (f == null) {
                    f = load.get();
                    found = f;
                }
            }
        }
        return f;
    }
}
