package henderson.blas;

import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.NativeLAPACK;
import henderson.linalg.DenseBackend;
import henderson.linalg.DenseBackendProvider.Declined;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.netlib.util.intW;

/** Through {@code dev.ludovic.netlib}, on arrays of the Java heap. */
final class Jni implements Routines {
    private static final String BLAS = "dev.ludovic.netlib.blas";
    private static final String LAPACK = "dev.ludovic.netlib.lapack";
    /** Held, or their levels would be forgotten. */
    private static final Logger[] QUIET = {
        Logger.getLogger(BLAS + ".InstanceBuilder"), Logger.getLogger(LAPACK + ".InstanceBuilder")
    };

    private final NativeBLAS blas;
    private final NativeLAPACK lapack;
    private final intW info = new intW(0);
    private double[] a = new double[0];

    private Jni(NativeBLAS blas, NativeLAPACK lapack) {
        this.blas = blas;
        this.lapack = lapack;
    }

    /**
     * A backend on the first library found.
     *
     * @throws Declined where there is none, or where it would use several threads or unknown kernels
     */
    static DenseBackend load(String library) {
        String name = Library.candidates(library).get(0);
        Library.requireThere(name);
        requireKnown(System.getenv(), Runtime.getRuntime().availableProcessors(), Processor.core());
        // netlib reads these when its classes are loaded, once in a process
        String property = Library.isPath(name) ? ".nativeLibPath" : ".nativeLib";
        System.setProperty(BLAS + property, name);
        System.setProperty(LAPACK + property, name);
        for (Logger logger : QUIET) {
            logger.setLevel(Level.OFF);
        }
        try {
            NativeBLAS blas = NativeBLAS.getInstance();
            NativeLAPACK lapack = NativeLAPACK.getInstance();
            return new NativeBackend("OpenBLAS (" + name + ") through JNI", () -> new Jni(blas, lapack));
        } catch (RuntimeException | LinkageError e) {
            throw new Declined("no " + name + " could be loaded");
        }
    }

    /**
     * OpenBLAS reads both from the environment, before anything of ours runs.
     *
     * @param core name of the kernels for this processor, empty where OpenBLAS may look itself
     */
    static void requireKnown(Map<String, String> environment, int processors, String core) {
        String threads = environment.getOrDefault(
                "OPENBLAS_NUM_THREADS", environment.getOrDefault("OMP_NUM_THREADS", Integer.toString(processors)));
        if (!threads.strip().equals("1")) {
            throw new Declined(
                    "OpenBLAS would use several threads; OPENBLAS_NUM_THREADS=1 in the environment holds it to one");
        }
        if (!core.isEmpty() && !environment.containsKey(Processor.VARIABLE)) {
            throw new Declined("OpenBLAS may not know this processor by name and be slow; " + Processor.VARIABLE + "="
                    + core + " in the environment says what it can do");
        }
    }

    @Override
    public void reserve(int n, int stride) {
        long entries = (long) n * stride;
        // netlib counts a matrix that begins inside an array as if its last column were as long as the stride
        if (a.length < entries + stride) {
            a = new double[(int) entries + stride];
        }
    }

    @Override
    public boolean holds(int n, int stride) {
        return (n + 1L) * stride < Integer.MAX_VALUE - 8;
    }

    @Override
    public void put(double[] row, int from, long at, int count) {
        System.arraycopy(row, from, a, (int) at, count);
    }

    @Override
    public void get(long at, double[] row, int from, int count) {
        System.arraycopy(a, (int) at, row, from, count);
    }

    @Override
    public double get(long at) {
        return a[(int) at];
    }

    @Override
    public void move(long from, long to, int count) {
        System.arraycopy(a, (int) from, a, (int) to, count);
    }

    @Override
    public boolean potrf(int n, long at, int stride) {
        lapack.dpotrf("L", n, a, (int) at, stride, info);
        return info.val == 0;
    }

    @Override
    public void potri(int n, long l, int stride) {
        lapack.dpotri("L", n, a, (int) l, stride, info);
    }

    @Override
    public void trsm(boolean transposed, int m, int n, long l, long b, int stride) {
        blas.dtrsm("R", "L", transposed ? "T" : "N", "N", m, n, 1, a, (int) l, stride, a, (int) b, stride);
    }

    @Override
    public void syrk(int n, int k, long from, long c, int stride) {
        blas.dsyrk("L", "N", n, k, -1, a, (int) from, stride, 1, a, (int) c, stride);
    }

    @Override
    public void symm(int m, int n, long from, long b, long c, int stride) {
        blas.dsymm("L", "L", m, n, -1, a, (int) from, stride, a, (int) b, m, 0, a, (int) c, stride);
    }

    @Override
    public void multiply(int n, long left, long right, long c) {
        blas.dgemm("N", "N", n, n, n, 1, a, (int) left, n, a, (int) right, n, 0, a, (int) c, n);
    }

    @Override
    public void gemm(int n, int k, long b, long from, long c, int stride) {
        blas.dgemm("T", "N", n, n, k, -1, a, (int) b, k, a, (int) from, stride, 1, a, (int) c, stride);
    }
}
