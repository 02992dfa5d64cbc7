package henderson.testkit;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi rotations.
 *
 * @param values  in rising order, n
 * @param vectors in columns, n × n
 */
record SymmetricEigen(double[] values, DMatrixRMaj vectors) {
    static SymmetricEigen of(DMatrixRMaj matrix) {
        int n = matrix.numRows;
        DMatrixRMaj a = matrix.copy();
        DMatrixRMaj v = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            v.set(i, i, 1);
        }
        for (int sweep = 0; sweep < 60 && offDiagonal(a) > 0; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, v, p, q);
                }
            }
        }
        return sorted(a, v);
    }

    private static SymmetricEigen sorted(DMatrixRMaj a, DMatrixRMaj v) {
        int n = a.numRows;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> Double.compare(a.get(i, i), a.get(j, j)));
        double[] values = new double[n];
        DMatrixRMaj vectors = new DMatrixRMaj(n, n);
        for (int j = 0; j < n; j++) {
            values[j] = a.get(order[j], order[j]);
            for (int i = 0; i < n; i++) {
                vectors.set(i, j, v.get(i, order[j]));
            }
        }
        return new SymmetricEigen(values, vectors);
    }

    private static double offDiagonal(DMatrixRMaj a) {
        double sum = 0;
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < i; j++) {
                sum += Math.abs(a.get(i, j));
            }
        }
        return sum;
    }

    /** Makes a(p, q) zero. */
    private static void rotate(DMatrixRMaj a, DMatrixRMaj v, int p, int q) {
        double off = a.get(p, q);
        if (Math.abs(off) <= 0x1p-60 * Math.sqrt(Math.abs(a.get(p, p) * a.get(q, q))) || off == 0) {
            a.set(p, q, 0);
            a.set(q, p, 0);
            return;
        }
        double theta = (a.get(q, q) - a.get(p, p)) / (2 * off);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
        double c = 1 / Math.hypot(t, 1);
        double s = t * c;
        for (int k = 0; k < a.numRows; k++) {
            turn(a, k, p, k, q, c, s);
        }
        for (int k = 0; k < a.numRows; k++) {
            turn(a, p, k, q, k, c, s);
            turn(v, k, p, k, q, c, s);
        }
    }

    private static void turn(DMatrixRMaj a, int i, int j, int k, int l, double c, double s) {
        double x = a.get(i, j);
        double y = a.get(k, l);
        a.set(i, j, c * x - s * y);
        a.set(k, l, s * x + c * y);
    }

    /** How many eigenvalues are above {@code relative} times the largest in size. */
    int rank(double relative) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        int rank = 0;
        for (double value : values) {
            rank += Math.abs(value) > relative * largest ? 1 : 0;
        }
        return rank;
    }

    double logDeterminant() {
        double sum = 0;
        for (double value : values) {
            sum += Math.log(value);
        }
        return sum;
    }

    /** {@code tr(A⁻¹B)}. */
    double traceOfSolve(DMatrixRMaj b) {
        int n = values.length;
        double sum = 0;
        for (int c = 0; c < n; c++) {
            double quadratic = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    quadratic += vectors.get(i, c) * b.get(i, j) * vectors.get(j, c);
                }
            }
            sum += quadratic / values[c];
        }
        return sum;
    }
}
