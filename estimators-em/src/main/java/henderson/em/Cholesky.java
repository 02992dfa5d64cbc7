package henderson.em;

import org.ejml.data.DMatrixRMaj;

/** Cholesky factors of small matrices. */
final class Cholesky {
    private Cholesky() {}

    /**
     * {@code A ← L} in the lower triangle.
     *
     * @return {@code log|A|}; not a number where A is not positive definite
     */
    static double decompose(DMatrixRMaj a) {
        int n = a.numRows;
        double log = 0;
        for (int j = 0; j < n; j++) {
            double pivot = a.get(j, j);
            for (int k = 0; k < j; k++) {
                pivot -= a.get(j, k) * a.get(j, k);
            }
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return Double.NaN;
            }
            log += Math.log(pivot);
            double root = Math.sqrt(pivot);
            a.set(j, j, root);
            for (int i = j + 1; i < n; i++) {
                double e = a.get(i, j);
                for (int k = 0; k < j; k++) {
                    e -= a.get(i, k) * a.get(j, k);
                }
                a.set(i, j, e / root);
            }
        }
        return log;
    }

    /** {@code (LLᵀ)⁻¹}. */
    static DMatrixRMaj inverse(DMatrixRMaj l) {
        int n = l.numRows;
        DMatrixRMaj m = new DMatrixRMaj(n, n); // L⁻¹
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = i == j ? 1 : 0;
                for (int k = j; k < i; k++) {
                    sum -= l.get(i, k) * m.get(k, j);
                }
                m.set(i, j, sum / l.get(i, i));
            }
        }
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = Math.max(i, j); k < n; k++) {
                    sum += m.get(k, i) * m.get(k, j);
                }
                out.set(i, j, sum);
            }
        }
        return out;
    }
}
