package henderson.structures;

import org.ejml.data.DMatrixRMaj;

/** Whether a symmetric matrix of correlations is positive semidefinite, up to rounding. */
final class Semidefiniteness {
    private Semidefiniteness() {}

    /** Of a matrix for a list of positions; a repeated one counts once. */
    static boolean holds(DMatrixRMaj a, int[] at) {
        int m = at.length;
        double[] l = new double[m * m];
        double tiny = m * 0x1p-50;
        for (int i = 0; i < m; i++) {
            if (Indices.first(at, i) != i) {
                continue;
            }
            for (int j = 0; j <= i; j++) {
                double sum = a.data[i * m + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i * m + k] * l[j * m + k];
                }
                double pivot = l[j * m + j];
                if (i == j) {
                    if (sum < -tiny) {
                        return false;
                    }
                    l[i * m + i] = sum > tiny ? Math.sqrt(sum) : 0;
                } else if (pivot > 0) {
                    l[i * m + j] = sum / pivot;
                } else if (Indices.first(at, j) == j && Math.abs(sum) > Math.sqrt(tiny)) {
                    return false; // a row without variance of its own has no covariance either
                }
            }
        }
        return true;
    }
}
