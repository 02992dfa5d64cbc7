package org.example.grid;

/** A few products and a Cholesky inverse of small matrices. */
final class Small {
    private Small() {}

    static double product(double[] a, double[][] m, double[] b) {
        double sum = 0;
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j < m.length; j++) {
                sum += a[i] * m[i][j] * b[j];
            }
        }
        return sum;
    }

    static double[] times(double[][] m, double[] b) {
        double[] out = new double[m.length];
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j < m.length; j++) {
                out[i] += m[i][j] * b[j];
            }
        }
        return out;
    }

    /** {@code tr(ab)} of the leading part of b. */
    static double trace(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum += a[i][j] * b[j][i];
            }
        }
        return sum;
    }

    /** {@code tr(abab)} of the leading part of b. */
    static double traceOfSquare(double[][] a, double[][] b) {
        int n = a.length;
        double[][] product = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return trace(product, product);
    }

    /** Lower triangular L with {@code LLᵀ} the leading n × n part of a; NaN where that is not positive definite. */
    static double[][] cholesky(double[][] a, int n) {
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        return l;
    }

    static double logDeterminant(double[][] a) {
        double[][] l = cholesky(a, a.length);
        double sum = 0;
        for (int i = 0; i < l.length; i++) {
            sum += 2 * Math.log(l[i][i]);
        }
        return sum;
    }

    /** Inverse of the leading n × n part of a. */
    static double[][] inverse(double[][] a, int n) {
        double[][] l = cholesky(a, n);
        double[][] out = new double[n][n];
        for (int c = 0; c < n; c++) {
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                double sum = i == c ? 1 : 0;
                for (int k = 0; k < i; k++) {
                    sum -= l[i][k] * x[k];
                }
                x[i] = sum / l[i][i];
            }
            for (int i = n - 1; i >= 0; i--) {
                for (int k = i + 1; k < n; k++) {
                    x[i] -= l[k][i] * x[k];
                }
                x[i] /= l[i][i];
                out[i][c] = x[i];
            }
        }
        return out;
    }
}
