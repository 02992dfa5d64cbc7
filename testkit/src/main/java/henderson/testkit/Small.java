package henderson.testkit;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Small dense matrices, for laws. */
final class Small {
    /** Below this part of the largest eigenvalue an eigenvalue of a matrix counts as zero: its rounding, and a margin. */
    static final double RANK_TOLERANCE = 1e-11;

    private Small() {}

    static boolean hasNaN(DMatrixRMaj a) {
        for (int i = 0; i < a.getNumElements(); i++) {
            if (Double.isNaN(a.data[i])) {
                return true;
            }
        }
        return false;
    }

    static double largest(DMatrixRMaj a) {
        double out = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            out = Math.max(out, Math.abs(a.data[i]));
        }
        return out;
    }

    static double largestDifference(DMatrixRMaj a, DMatrixRMaj b) {
        return largest(combine(1, a, -1, b));
    }

    static DMatrixRMaj combine(double s, DMatrixRMaj a, double t, DMatrixRMaj b) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, a.numCols);
        for (int i = 0; i < out.data.length; i++) {
            out.data[i] = s * a.data[i] + t * b.data[i];
        }
        return out;
    }

    static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, b.numCols);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < b.numCols; j++) {
                for (int k = 0; k < a.numCols; k++) {
                    out.add(i, j, a.get(i, k) * b.get(k, j));
                }
            }
        }
        return out;
    }

    static DMatrixRMaj transposed(DMatrixRMaj a) {
        DMatrixRMaj out = new DMatrixRMaj(a.numCols, a.numRows);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++) {
                out.set(j, i, a.get(i, j));
            }
        }
        return out;
    }

    /** {@code tr(AᵀB)}. */
    static double inner(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += a.data[i] * b.data[i];
        }
        return sum;
    }

    static DMatrixRMaj part(DMatrixRMaj whole, int[] at) {
        DMatrixRMaj out = new DMatrixRMaj(at.length, at.length);
        for (int i = 0; i < at.length; i++) {
            for (int j = 0; j < at.length; j++) {
                out.set(i, j, whole.get(at[i], at[j]));
            }
        }
        return out;
    }

    static int rank(DMatrixRMaj symmetric) {
        return SymmetricEigen.of(symmetric).rank(RANK_TOLERANCE);
    }

    /** {@code BBᵀ} with B n × columns, standard normal. */
    static DMatrixRMaj gram(Random random, int n, int columns) {
        DMatrixRMaj b = new DMatrixRMaj(n, columns);
        for (int i = 0; i < b.data.length; i++) {
            b.data[i] = random.nextGaussian();
        }
        return times(b, transposed(b));
    }

    /** Solves {@code ax = b} by elimination with row exchanges. */
    static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        double[][] m = new double[n][];
        for (int i = 0; i < n; i++) {
            m[i] = java.util.Arrays.copyOf(a[i], n + 1);
            m[i][n] = b[i];
        }
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                best = Math.abs(m[i][k]) > Math.abs(m[best][k]) ? i : best;
            }
            double[] row = m[best];
            m[best] = m[k];
            m[k] = row;
            for (int i = 0; i < n; i++) {
                double f = i == k ? 0 : m[i][k] / row[k];
                for (int j = k; j <= n && f != 0; j++) {
                    m[i][j] -= f * row[j];
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = m[i][n] / m[i][i];
        }
        return x;
    }
}
