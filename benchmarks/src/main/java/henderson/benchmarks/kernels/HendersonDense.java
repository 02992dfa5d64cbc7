package henderson.benchmarks.kernels;

import henderson.linalg.BlockFactor;
import henderson.linalg.BlockGraph;
import henderson.linalg.DenseBackend;
import henderson.linalg.Elimination;
import org.jspecify.annotations.Nullable;

/**
 * The plain Java kernels. Cross-products are formed row by row where data are read, and eigenvalues are EJML's: there is no
 * kernel of our own for those.
 */
final class HendersonDense implements DenseLibrary {
    @Override
    public String name() {
        return "henderson";
    }

    @Override
    public @Nullable Task task(DenseOperation operation, DenseInput in) {
        return switch (operation) {
            case POTRF -> cholesky(DenseBackend.plain(), in);
            case INVERSE -> inverse(DenseBackend.plain(), in);
            case TRSM -> solve(in);
            case GEMM -> multiply(DenseBackend.plain(), in);
            case SYRK, EIGEN -> null;
        };
    }

    static Task cholesky(DenseBackend backend, DenseInput in) {
        double[][] a = Layouts.rows(in.a, in.n);
        double[][] r = new double[in.n][in.n];
        return new SimpleTask(() -> factor(backend, a, r), () -> Layouts.upper(Layouts.flat(r), in.n));
    }

    private static double[][] factor(DenseBackend backend, double[][] a, double[][] r) {
        int n = a.length;
        for (int i = 0; i < n; i++) {
            System.arraycopy(a[i], i, r[i], i, n - i);
        }
        if (!backend.cholesky(r, n, n)) {
            throw new IllegalStateException("not positive definite");
        }
        return r;
    }

    static Task inverse(DenseBackend backend, DenseInput in) {
        double[][] a = Layouts.rows(in.a, in.n);
        double[][] r = new double[in.n][in.n];
        double[][] z = new double[in.n][in.n];
        double[] work = new double[backend.inverseWorkspace(in.n)];
        return new SimpleTask(
                () -> {
                    backend.inverse(factor(backend, a, r), in.n, z, work);
                    return z;
                },
                () -> Layouts.flat(z));
    }

    static Task multiply(DenseBackend backend, DenseInput in) {
        double[][] g = Layouts.rows(in.g, in.n);
        double[][] h = Layouts.rows(in.h, in.n);
        double[][] c = new double[in.n][in.n];
        return new SimpleTask(
                () -> {
                    backend.multiply(g, h, in.n, c);
                    return c;
                },
                () -> Layouts.flat(c));
    }

    private static Task solve(DenseInput in) {
        BlockFactor factor = new BlockFactor(Elimination.of(new BlockGraph(new int[] {in.n}), new boolean[1], 0));
        System.arraycopy(in.r, 0, factor.panels(), 0, in.n * in.n);
        double[] x = new double[in.b.length];
        return new SimpleTask(
                () -> {
                    System.arraycopy(in.b, 0, x, 0, x.length);
                    factor.forward(0, x, DenseInput.SIDES);
                    return x;
                },
                x::clone);
    }
}
