package henderson.benchmarks.kernels;

import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.NativeLAPACK;
import henderson.linalg.DenseBackend;
import henderson.linalg.DenseBackendProvider;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.netlib.util.intW;

/**
 * OpenBLAS: the accelerated backend as Henderson uses it, and by JNI the operations that the backend does not have.
 */
final class AcceleratedDense implements DenseLibrary {
    /** Loaded once in a process. */
    private static final class Loaded {
        static final List<Served> ALL = ServiceLoader.load(DenseBackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(DenseBackendProvider::rank).reversed())
                .map(Loaded::load)
                .flatMap(Optional::stream)
                .toList();

        private static Optional<Served> load(DenseBackendProvider provider) {
            try {
                DenseBackend backend = provider.load(System.getProperty("henderson.dense.library", ""));
                return Optional.of(new Served(provider.name(), backend));
            } catch (DenseBackendProvider.Declined e) {
                return Optional.empty();
            }
        }
    }

    private record Served(String provider, DenseBackend backend) {}

    @Override
    public String name() {
        return "accelerated";
    }

    /** The backend of the highest rank, or null. */
    static @Nullable DenseBackend backend() {
        return Loaded.ALL.isEmpty() ? null : Loaded.ALL.get(0).backend;
    }

    @Override
    public @Nullable Task task(DenseOperation operation, DenseInput in) {
        DenseBackend backend = backend();
        if (backend == null) {
            return null;
        }
        boolean jni = Loaded.ALL.stream().anyMatch(served -> served.provider.equals("jni"));
        return switch (operation) {
            case POTRF -> HendersonDense.cholesky(backend, in);
            case INVERSE -> HendersonDense.inverse(backend, in);
            case TRSM -> jni ? trsm(in) : null;
            case SYRK -> jni ? syrk(in) : null;
            case GEMM -> HendersonDense.multiply(backend, in);
            case EIGEN -> jni ? eigen(in) : null;
        };
    }

    /** By rows, {@code R⁻ᵀB} is by columns {@code BᵀR⁻¹} with a lower triangle {@code Rᵀ}. */
    private static Task trsm(DenseInput in) {
        NativeBLAS blas = NativeBLAS.getInstance();
        double[] x = new double[in.b.length];
        int m = DenseInput.SIDES;
        return new SimpleTask(
                () -> {
                    System.arraycopy(in.b, 0, x, 0, x.length);
                    blas.dtrsm("R", "L", "T", "N", m, in.n, 1, in.r, in.n, x, m);
                    return x;
                },
                x::clone);
    }

    /** By columns the rows of G are the columns of Gᵀ: {@code GᵀG} is the product of that with its transpose. */
    private static Task syrk(DenseInput in) {
        NativeBLAS blas = NativeBLAS.getInstance();
        double[] c = new double[in.n * in.n];
        return new SimpleTask(
                () -> {
                    blas.dsyrk("L", "N", in.n, in.n, 1, in.g, in.n, 0, c, in.n);
                    return c;
                },
                () -> Layouts.upper(c, in.n));
    }

    private static Task eigen(DenseInput in) {
        NativeLAPACK lapack = NativeLAPACK.getInstance();
        int n = in.n;
        double[] v = new double[n * n];
        double[] values = new double[n];
        double[] work = new double[1 + 6 * n + 2 * n * n];
        int[] integers = new int[3 + 5 * n];
        intW info = new intW(0);
        return new SimpleTask(
                () -> {
                    System.arraycopy(in.a, 0, v, 0, v.length);
                    lapack.dsyevd("V", "L", n, v, n, values, work, work.length, integers, integers.length, info);
                    return values;
                },
                () -> Layouts.eigen(values, Layouts.rows(v, n)));
    }
}
