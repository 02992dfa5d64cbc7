package henderson.structures;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.jspecify.annotations.Nullable;

/** Rank, null space and neighbours of {@code G = ΛΛᵀ}, read from a square Λ. */
final class Rank {
    private Rank() {}

    /** Left singular vectors in falling order of their values, U q × q, and the values. */
    private record Left(DMatrixRMaj u, double[] values) {}

    private static Left left(DMatrixRMaj lambda) {
        int q = lambda.numRows;
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(q, q, true, false, false);
        if (!svd.decompose(lambda.copy())) {
            throw new ArithmeticException("No singular values of a covariance factor: " + lambda);
        }
        DMatrixRMaj u = svd.getU(null, false);
        double[] s = svd.getSingularValues();
        Integer[] order = new Integer[q];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(s[b], s[a]));
        DMatrixRMaj sorted = new DMatrixRMaj(q, q);
        double[] values = new double[q];
        for (int j = 0; j < q; j++) {
            values[j] = s[order[j]];
            for (int i = 0; i < q; i++) {
                sorted.set(i, j, u.get(i, order[j]));
            }
        }
        return new Left(sorted, values);
    }

    /** The rank of Λ, judged row by row, so that it does not depend on the scale of the positions. */
    static int of(DMatrixRMaj lambda) {
        DMatrixRMaj echelon = Echelon.lower(lambda.copy());
        int rank = 0;
        for (int j = 0; j < echelon.numCols; j++) {
            rank += firstRow(echelon, j) < echelon.numRows ? 1 : 0;
        }
        return rank;
    }

    private static int firstRow(DMatrixRMaj a, int column) {
        int i = 0;
        while (i < a.numRows && a.get(i, column) == 0) {
            i++;
        }
        return i;
    }

    /** {@code US} without its smallest column that is not zero, q × (rank − 1); null at rank zero. */
    static @Nullable DMatrixRMaj dropSmallest(DMatrixRMaj lambda) {
        int q = lambda.numRows;
        int rank = of(lambda);
        if (rank == 0) {
            return null;
        }
        Left left = left(lambda);
        DMatrixRMaj out = new DMatrixRMaj(q, rank - 1);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < rank - 1; j++) {
                out.set(i, j, left.u.get(i, j) * left.values[j]);
            }
        }
        return out;
    }

    /**
     * Entries that may move while the rank stays: those of columns that are not zero, row by row. Where column i starts
     * below the diagonal, later columns' entries in its first row only turn the columns among themselves, and stand still.
     */
    static boolean[] free(DMatrixRMaj lambda) {
        int q = lambda.numRows;
        boolean[] out = new boolean[q * (q + 1) / 2];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                boolean turns = false;
                for (int before = 0; before < j; before++) {
                    turns |= firstRow(lambda, before) == i;
                }
                out[i * (i + 1) / 2 + j] = !turns && firstRow(lambda, j) < q;
            }
        }
        return out;
    }

    /** An orthonormal basis of the null space of {@code ΛΛᵀ}, q × (q − rank). */
    static DMatrixRMaj nullSpace(DMatrixRMaj lambda) {
        int q = lambda.numRows;
        int rank = of(lambda);
        return rank == q ? new DMatrixRMaj(q, 0) : CommonOps_DDRM.extract(left(lambda).u, 0, q, rank, q);
    }

    /** {@code NᵀSN}. */
    static DMatrixRMaj curvature(DMatrixRMaj basis, DMatrixRMaj score) {
        int d = basis.numCols;
        DMatrixRMaj sn = new DMatrixRMaj(basis.numRows, d);
        DMatrixRMaj out = new DMatrixRMaj(d, d);
        if (d > 0) {
            CommonOps_DDRM.mult(score, basis, sn);
            CommonOps_DDRM.multTransA(basis, sn, out);
        }
        return out;
    }

    /** {@code Nv}, q × 1, v the eigenvector of the least eigenvalue of {@code NᵀSN}; null where N is empty. */
    static @Nullable DMatrixRMaj leastCurvature(DMatrixRMaj basis, DMatrixRMaj score) {
        int d = basis.numCols;
        if (d == 0) {
            return null;
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(curvature(basis, score))) {
            throw new ArithmeticException("No eigenvalues of the curvature on the boundary: " + score);
        }
        int least = 0;
        for (int i = 1; i < d; i++) {
            if (eigen.getEigenvalue(i).real < eigen.getEigenvalue(least).real) {
                least = i;
            }
        }
        DMatrixRMaj out = new DMatrixRMaj(basis.numRows, 1);
        CommonOps_DDRM.mult(basis, eigen.getEigenVector(least), out);
        return out;
    }

    /** {@code [Λ, factor · column]}. */
    static DMatrixRMaj append(DMatrixRMaj lambda, DMatrixRMaj column, double factor) {
        int q = lambda.numRows;
        DMatrixRMaj out = new DMatrixRMaj(q, lambda.numCols + 1);
        CommonOps_DDRM.insert(lambda, out, 0, 0);
        for (int i = 0; i < q; i++) {
            out.set(i, lambda.numCols, factor * column.get(i, 0));
        }
        return out;
    }
}
