package henderson.benchmarks.kernels;

import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/** EJML, rows one after the other. */
final class EjmlDense implements DenseLibrary {
    @Override
    public String name() {
        return "ejml";
    }

    @Override
    public Task task(DenseOperation operation, DenseInput in) {
        int n = in.n;
        return switch (operation) {
            case POTRF -> potrf(in);
            case INVERSE -> inverse(in);
            case TRSM -> trsm(in);
            case SYRK -> {
                DMatrixRMaj g = DMatrixRMaj.wrap(n, n, in.g);
                DMatrixRMaj c = new DMatrixRMaj(n, n);
                yield product(c, () -> CommonOps_DDRM.multInner(g, c), () -> Layouts.upper(c.data, n));
            }
            case GEMM -> {
                DMatrixRMaj g = DMatrixRMaj.wrap(n, n, in.g);
                DMatrixRMaj h = DMatrixRMaj.wrap(n, n, in.h);
                DMatrixRMaj c = new DMatrixRMaj(n, n);
                yield product(c, () -> CommonOps_DDRM.mult(g, h, c), c.data::clone);
            }
            case EIGEN -> eigen(in);
        };
    }

    private static Task product(DMatrixRMaj c, Runnable work, Supplier<double[]> read) {
        return new SimpleTask(
                () -> {
                    work.run();
                    return c;
                },
                read);
    }

    private static Task potrf(DenseInput in) {
        DMatrixRMaj a = DMatrixRMaj.wrap(in.n, in.n, in.a);
        DMatrixRMaj copy = new DMatrixRMaj(in.n, in.n);
        var cholesky = DecompositionFactory_DDRM.chol(in.n, false);
        return new SimpleTask(
                () -> {
                    copy.setTo(a);
                    return cholesky.decompose(copy);
                },
                () -> Layouts.upper(cholesky.getT(null).data, in.n));
    }

    private static Task inverse(DenseInput in) {
        DMatrixRMaj a = DMatrixRMaj.wrap(in.n, in.n, in.a);
        DMatrixRMaj copy = new DMatrixRMaj(in.n, in.n);
        DMatrixRMaj z = new DMatrixRMaj(in.n, in.n);
        var solver = LinearSolverFactory_DDRM.symmPosDef(in.n);
        return new SimpleTask(
                () -> {
                    copy.setTo(a);
                    solver.setA(copy);
                    solver.invert(z);
                    return z;
                },
                z.data::clone);
    }

    /** It takes one right-hand side at a time. */
    private static Task trsm(DenseInput in) {
        double[] columns = Layouts.transposed(in.b, in.n, DenseInput.SIDES);
        double[][] sides = Layouts.rows(columns, in.n);
        double[][] x = Layouts.rows(columns, in.n);
        return new SimpleTask(
                () -> {
                    for (int j = 0; j < x.length; j++) {
                        System.arraycopy(sides[j], 0, x[j], 0, in.n);
                        TriangularSolver_DDRM.solveTranU(in.r, x[j], in.n);
                    }
                    return x;
                },
                () -> Layouts.transposed(Layouts.flat(x), DenseInput.SIDES, in.n));
    }

    private static Task eigen(DenseInput in) {
        DMatrixRMaj a = DMatrixRMaj.wrap(in.n, in.n, in.a);
        DMatrixRMaj copy = new DMatrixRMaj(in.n, in.n);
        var eigen = DecompositionFactory_DDRM.eig(in.n, true, true);
        return new SimpleTask(
                () -> {
                    copy.setTo(a);
                    return eigen.decompose(copy);
                },
                () -> {
                    double[] values = new double[in.n];
                    double[][] vectors = new double[in.n][];
                    for (int i = 0; i < in.n; i++) {
                        values[i] = eigen.getEigenvalue(i).getReal();
                        vectors[i] = eigen.getEigenVector(i).data.clone();
                    }
                    return Layouts.eigen(values, vectors);
                });
    }
}
