package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** The same by EJML. */
final class Dense {
    private Dense() {}

    /** {@code I + GᵀG/n}, eigenvalues between 1 and about 5. */
    static DMatrixRMaj positive(int n, Random random) {
        DMatrixRMaj g = gaussian(n, n, random);
        DMatrixRMaj a = CommonOps_DDRM.identity(n);
        CommonOps_DDRM.multAddTransA(1.0 / n, g, g, a);
        return a;
    }

    static DMatrixRMaj gaussian(int rows, int columns, Random random) {
        DMatrixRMaj g = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < g.data.length; i++) {
            g.data[i] = random.nextGaussian();
        }
        return g;
    }

    /** R, upper triangular, {@code A = RᵀR}. */
    static DMatrixRMaj cholesky(DMatrixRMaj a) {
        var decomposition = DecompositionFactory_DDRM.chol(a.numRows, false);
        assertThat(decomposition.decompose(a.copy())).isTrue();
        return decomposition.getT(null);
    }

    static DMatrixRMaj inverse(DMatrixRMaj a) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, a.numCols);
        assertThat(CommonOps_DDRM.invert(a, out)).isTrue();
        return out;
    }

    static DMatrixRMaj solve(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj x = new DMatrixRMaj(a.numCols, b.numCols);
        assertThat(CommonOps_DDRM.solve(a, b, x)).isTrue();
        return x;
    }

    static DMatrixRMaj transposed(DMatrixRMaj a) {
        return CommonOps_DDRM.transpose(a, null);
    }

    /** {@code AᵀB}. */
    static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj out = new DMatrixRMaj(a.numCols, b.numCols);
        CommonOps_DDRM.multTransA(a, b, out);
        return out;
    }

    /** {@code R} of a square array by rows; what is below its diagonal is not looked at. */
    static DMatrixRMaj upper(double[] triangle, int n) {
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                out.set(i, j, triangle[i * n + j]);
            }
        }
        return out;
    }

    /** Largest difference, relative to the largest entry expected; NaN counts as infinite. */
    static double error(DMatrixRMaj actual, DMatrixRMaj expected) {
        assertThat(actual.numRows).isEqualTo(expected.numRows);
        assertThat(actual.numCols).isEqualTo(expected.numCols);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.getNumElements(); i++) {
            double d = Math.abs(actual.data[i] - expected.data[i]);
            difference = d >= 0 ? Math.max(difference, d) : Double.POSITIVE_INFINITY;
            largest = Math.max(largest, Math.abs(expected.data[i]));
        }
        return difference == 0 ? 0 : difference / largest;
    }
}
