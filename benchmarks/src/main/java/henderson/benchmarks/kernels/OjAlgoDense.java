package henderson.benchmarks.kernels;

import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/** ojAlgo, held to one thread. */
final class OjAlgoDense implements DenseLibrary {
    static {
        OjAlgoUtils.limitThreadsTo(1);
    }

    @Override
    public String name() {
        return "ojalgo";
    }

    @Override
    public Task task(DenseOperation operation, DenseInput in) {
        int n = in.n;
        return switch (operation) {
            case POTRF -> {
                R064Store a = store(in.a, n, n);
                Cholesky<Double> cholesky = Cholesky.R064.make(n, n);
                yield new SimpleTask(() -> cholesky.decompose(a), () -> Layouts.upper(flat(cholesky.getR()), n));
            }
            case INVERSE -> inverse(in);
            case TRSM -> trsm(in);
            case SYRK -> {
                R064Store g = store(in.g, n, n);
                R064Store c = R064Store.FACTORY.make(n, n);
                MatrixStore<Double> transposed = g.transpose();
                yield new SimpleTask(
                        () -> {
                            c.fillByMultiplying(transposed, g);
                            return c;
                        },
                        () -> Layouts.upper(flat(c), n));
            }
            case GEMM -> {
                R064Store g = store(in.g, n, n);
                R064Store h = store(in.h, n, n);
                R064Store c = R064Store.FACTORY.make(n, n);
                yield new SimpleTask(
                        () -> {
                            c.fillByMultiplying(g, h);
                            return c;
                        },
                        () -> flat(c));
            }
            case EIGEN -> eigen(in);
        };
    }

    private static Task inverse(DenseInput in) {
        R064Store a = store(in.a, in.n, in.n);
        R064Store z = R064Store.FACTORY.make(in.n, in.n);
        Cholesky<Double> cholesky = Cholesky.R064.make(in.n, in.n);
        return new SimpleTask(
                () -> {
                    cholesky.decompose(a);
                    return cholesky.getInverse(z);
                },
                () -> flat(cholesky.getInverse(z)));
    }

    private static Task trsm(DenseInput in) {
        R064Store r = store(in.r, in.n, in.n);
        R064Store b = store(in.b, in.n, DenseInput.SIDES);
        R064Store x = R064Store.FACTORY.make(in.n, DenseInput.SIDES);
        return new SimpleTask(
                () -> {
                    x.fillMatching(b);
                    x.substituteForwards(r, false, true, false);
                    return x;
                },
                () -> flat(x));
    }

    private static Task eigen(DenseInput in) {
        R064Store a = store(in.a, in.n, in.n);
        Eigenvalue<Double> eigen = Eigenvalue.R064.make(in.n, true);
        return new SimpleTask(
                () -> {
                    eigen.decompose(a);
                    return eigen.getV();
                },
                () -> {
                    double[] values = new double[in.n];
                    double[][] vectors = new double[in.n][in.n];
                    for (int e = 0; e < in.n; e++) {
                        values[e] = eigen.getD().doubleValue(e, e);
                        for (int i = 0; i < in.n; i++) {
                            vectors[e][i] = eigen.getV().doubleValue(i, e);
                        }
                    }
                    return Layouts.eigen(values, vectors);
                });
    }

    private static R064Store store(double[] a, int rows, int columns) {
        R064Store out = R064Store.FACTORY.make(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out.set(i, j, a[i * columns + j]);
            }
        }
        return out;
    }

    private static double[] flat(MatrixStore<Double> store) {
        int rows = (int) store.countRows();
        int columns = (int) store.countColumns();
        double[] out = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[i * columns + j] = store.doubleValue(i, j);
            }
        }
        return out;
    }
}
