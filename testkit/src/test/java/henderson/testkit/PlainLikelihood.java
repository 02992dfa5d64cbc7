package henderson.testkit;

/** The profiled objective in double arithmetic, by Gauss–Jordan elimination: slow, plain, for small checks. */
final class PlainLikelihood {
    private PlainLikelihood() {}

    static double profiled(
            double[] y,
            double[][] x,
            double[][] z,
            int[] level,
            double[][] lambda,
            double[][] r,
            double[] w,
            boolean reml) {
        int n = y.length;
        int p = x[0].length;
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[i][j] = r[i][j] / Math.sqrt(w[i] * w[j]);
                for (int c = 0; c < lambda[0].length && level[i] == level[j]; c++) {
                    v[i][j] += row(z[i], lambda, c) * row(z[j], lambda, c);
                }
            }
        }
        double[][] vInverse = new double[n][n];
        double d = invert(v, vInverse);
        double[][] xvx = quadratic(x, vInverse, x);
        double[][] column = new double[n][1];
        for (int i = 0; i < n; i++) {
            column[i][0] = y[i];
        }
        double[][] xvy = quadratic(x, vInverse, column);
        double[][] inverse = new double[p][p];
        double logX = invert(xvx, inverse);
        double r2 = quadratic(column, vInverse, column)[0][0] - quadratic(xvy, inverse, xvy)[0][0];
        int degrees = reml ? n - p : n;
        return d + (reml ? logX : 0) + degrees * (1 + Math.log(2 * Math.PI * r2 / degrees));
    }

    private static double row(double[] z, double[][] lambda, int c) {
        double sum = 0;
        for (int a = 0; a < z.length; a++) {
            sum += z[a] * lambda[a][c];
        }
        return sum;
    }

    /** {@code AᵀMB}. */
    private static double[][] quadratic(double[][] a, double[][] m, double[][] b) {
        double[][] out = new double[a[0].length][b[0].length];
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < out[0].length; j++) {
                for (int k = 0; k < a.length; k++) {
                    for (int l = 0; l < b.length; l++) {
                        out[i][j] += a[k][i] * m[k][l] * b[l][j];
                    }
                }
            }
        }
        return out;
    }

    /** {@code out ← a⁻¹}; the logarithm of the determinant. */
    private static double invert(double[][] a, double[][] out) {
        int n = a.length;
        double[][] m = new double[n][];
        for (int i = 0; i < n; i++) {
            m[i] = a[i].clone();
            out[i][i] = 1;
        }
        double log = 0;
        for (int k = 0; k < n; k++) {
            double pivot = m[k][k];
            log += Math.log(pivot);
            for (int j = 0; j < n; j++) {
                m[k][j] /= pivot;
                out[k][j] /= pivot;
            }
            for (int i = 0; i < n; i++) {
                double f = i == k ? 0 : m[i][k];
                for (int j = 0; j < n; j++) {
                    m[i][j] -= f * m[k][j];
                    out[i][j] -= f * out[k][j];
                }
            }
        }
        return log;
    }
}
