package henderson.benchmarks.kernels;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.jspecify.annotations.Nullable;

/** commons-math3, which makes new objects for every result. */
final class CommonsDense implements DenseLibrary {
    /** The last result of a task. */
    private static final class Last<T> {
        private @Nullable T value;

        T set(T result) {
            value = result;
            return result;
        }

        T get() {
            if (value == null) {
                throw new IllegalStateException("not run yet");
            }
            return value;
        }
    }

    @Override
    public String name() {
        return "commons-math";
    }

    @Override
    public Task task(DenseOperation operation, DenseInput in) {
        return switch (operation) {
            case POTRF -> potrf(in);
            case INVERSE -> inverse(in);
            case TRSM -> trsm(in);
            case SYRK -> syrk(in);
            case GEMM -> gemm(in);
            case EIGEN -> eigen(in);
        };
    }

    private static RealMatrix matrix(double[] a, int columns) {
        return new Array2DRowRealMatrix(Layouts.rows(a, columns), false);
    }

    private static Task potrf(DenseInput in) {
        RealMatrix a = matrix(in.a, in.n);
        Last<CholeskyDecomposition> last = new Last<>();
        return new SimpleTask(
                () -> last.set(new CholeskyDecomposition(a)),
                () -> Layouts.flat(last.get().getLT().getData()));
    }

    private static Task inverse(DenseInput in) {
        RealMatrix a = matrix(in.a, in.n);
        Last<RealMatrix> last = new Last<>();
        return new SimpleTask(
                () -> last.set(new CholeskyDecomposition(a).getSolver().getInverse()),
                () -> Layouts.flat(last.get().getData()));
    }

    private static Task trsm(DenseInput in) {
        RealMatrix l = matrix(Layouts.transposed(in.r, in.n, in.n), in.n);
        double[][] sides = Layouts.rows(Layouts.transposed(in.b, in.n, DenseInput.SIDES), in.n);
        RealVector[] x = new RealVector[DenseInput.SIDES];
        return new SimpleTask(
                () -> {
                    for (int j = 0; j < x.length; j++) {
                        x[j] = new ArrayRealVector(sides[j]);
                        MatrixUtils.solveLowerTriangularSystem(l, x[j]);
                    }
                    return x;
                },
                () -> {
                    double[][] rows = new double[x.length][];
                    for (int j = 0; j < x.length; j++) {
                        rows[j] = x[j].toArray();
                    }
                    return Layouts.transposed(Layouts.flat(rows), x.length, in.n);
                });
    }

    private static Task syrk(DenseInput in) {
        BlockRealMatrix g = new BlockRealMatrix(Layouts.rows(in.g, in.n));
        Last<RealMatrix> last = new Last<>();
        return new SimpleTask(
                () -> last.set(g.transpose().multiply(g)),
                () -> Layouts.upper(Layouts.flat(last.get().getData()), in.n));
    }

    private static Task gemm(DenseInput in) {
        BlockRealMatrix g = new BlockRealMatrix(Layouts.rows(in.g, in.n));
        BlockRealMatrix h = new BlockRealMatrix(Layouts.rows(in.h, in.n));
        Last<RealMatrix> last = new Last<>();
        return new SimpleTask(
                () -> last.set(g.multiply(h)), () -> Layouts.flat(last.get().getData()));
    }

    private static Task eigen(DenseInput in) {
        RealMatrix a = matrix(in.a, in.n);
        Last<EigenDecomposition> last = new Last<>();
        return new SimpleTask(
                () -> last.set(new EigenDecomposition(a)),
                () -> Layouts.eigen(
                        last.get().getRealEigenvalues(), last.get().getVT().getData()));
    }
}
