package henderson.linalg;

/**
 * The innermost loops: multiples of rows added to rows, which the compiler turns into vector instructions.
 *
 * <p>{@link #addTransposed} and {@link #addProducts} are written out, with one loop each, to be longer than the 325 bytes
 * of code up to which the compiler inlines what is called often: compiled by themselves they reach 25 GFLOP/s, eight columns
 * at a time with the nine factors in registers; inlined, or with a second loop beside the first, 10.
 */
final class Rows {
    private Rows() {}

    /**
     * Rows i to i + 2 of a, columns {@code from ≤ c < to}, gain {@code sign · Σ_b a_bi a_bc} over the three rows b from j on.
     */
    static void addTransposed(double[][] a, double sign, int i, int j, int from, int to) {
        double[] t0 = a[i];
        double[] t1 = a[i + 1];
        double[] t2 = a[i + 2];
        double[] s0 = a[j];
        double[] s1 = a[j + 1];
        double[] s2 = a[j + 2];
        int length = Math.min(
                Math.min(Math.min(t0.length, t1.length), t2.length),
                Math.min(Math.min(s0.length, s1.length), s2.length));
        if (from < 0 || to > length || i < 0 || i + 3 > a.length) {
            throw new IndexOutOfBoundsException("Columns " + from + " to " + to + " of rows of " + length + ".");
        }
        double f00 = sign * s0[i];
        double f01 = sign * s1[i];
        double f02 = sign * s2[i];
        double f10 = sign * s0[i + 1];
        double f11 = sign * s1[i + 1];
        double f12 = sign * s2[i + 1];
        double f20 = sign * s0[i + 2];
        double f21 = sign * s1[i + 2];
        double f22 = sign * s2[i + 2];
        for (int c = from; c < to; c++) {
            double x = s0[c];
            double y = s1[c];
            double v = s2[c];
            t0[c] = Math.fma(f02, v, Math.fma(f01, y, Math.fma(f00, x, t0[c])));
            t1[c] = Math.fma(f12, v, Math.fma(f11, y, Math.fma(f10, x, t1[c])));
            t2[c] = Math.fma(f22, v, Math.fma(f21, y, Math.fma(f20, x, t2[c])));
        }
    }

    /**
     * Rows i to i + 2 of t, columns {@code from ≤ c < to}, gain {@code sign · Σ_b f_ib s_bc} over the three rows b from j on.
     */
    static void addProducts(double[][] t, double[][] f, double sign, double[][] s, int i, int j, int from, int to) {
        double[] t0 = t[i];
        double[] t1 = t[i + 1];
        double[] t2 = t[i + 2];
        double[] s0 = s[j];
        double[] s1 = s[j + 1];
        double[] s2 = s[j + 2];
        int length = Math.min(
                Math.min(Math.min(t0.length, t1.length), t2.length),
                Math.min(Math.min(s0.length, s1.length), s2.length));
        if (from < 0 || to > length) {
            throw new IndexOutOfBoundsException("Columns " + from + " to " + to + " of rows of " + length + ".");
        }
        double f00 = sign * f[i][j];
        double f01 = sign * f[i][j + 1];
        double f02 = sign * f[i][j + 2];
        double f10 = sign * f[i + 1][j];
        double f11 = sign * f[i + 1][j + 1];
        double f12 = sign * f[i + 1][j + 2];
        double f20 = sign * f[i + 2][j];
        double f21 = sign * f[i + 2][j + 1];
        double f22 = sign * f[i + 2][j + 2];
        for (int c = from; c < to; c++) {
            double x = s0[c];
            double y = s1[c];
            double v = s2[c];
            t0[c] = Math.fma(f02, v, Math.fma(f01, y, Math.fma(f00, x, t0[c])));
            t1[c] = Math.fma(f12, v, Math.fma(f11, y, Math.fma(f10, x, t1[c])));
            t2[c] = Math.fma(f22, v, Math.fma(f21, y, Math.fma(f20, x, t2[c])));
        }
    }

    /** {@code t ← t + f s}, columns {@code from ≤ c < to}. */
    static void add(double[] t, double[] s, double f, int from, int to) {
        for (int c = from; c < to; c++) {
            t[c] = Math.fma(f, s[c], t[c]);
        }
    }

    /**
     * Three rows by the inverse of a lower triangle: {@code t0 ← d0 t0}, {@code t1 ← d1 (t1 + f01 t0)}, {@code t2 ← d2 (t2 +
     * f02 t0 + f12 t1)}, columns {@code from ≤ c < to}.
     */
    static void solve(
            double[] t0,
            double[] t1,
            double[] t2,
            double d0,
            double d1,
            double d2,
            double f01,
            double f02,
            double f12,
            int from,
            int to) {
        for (int c = from; c < to; c++) {
            double x = t0[c] * d0;
            double y = Math.fma(f01, x, t1[c]) * d1;
            t0[c] = x;
            t1[c] = y;
            t2[c] = Math.fma(f12, y, Math.fma(f02, x, t2[c])) * d2;
        }
    }

    /**
     * {@code z[i + a][j + b] ← z[i + a][j + b] − Σ_c z[i + a][c] y[j + b][c]} for {@code a, b < 3}, columns {@code from ≤ c <
     * to}.
     */
    static void subtractDots(double[][] z, int i, int j, double[][] y, int from, int to) {
        double[] x0 = z[i];
        double[] x1 = z[i + 1];
        double[] x2 = z[i + 2];
        double[] y0 = y[j];
        double[] y1 = y[j + 1];
        double[] y2 = y[j + 2];
        double s00 = 0;
        double s01 = 0;
        double s02 = 0;
        double s10 = 0;
        double s11 = 0;
        double s12 = 0;
        double s20 = 0;
        double s21 = 0;
        double s22 = 0;
        for (int c = from; c < to; c++) {
            double u = y0[c];
            double v = y1[c];
            double w = y2[c];
            double x = x0[c];
            s00 = Math.fma(x, u, s00);
            s01 = Math.fma(x, v, s01);
            s02 = Math.fma(x, w, s02);
            x = x1[c];
            s10 = Math.fma(x, u, s10);
            s11 = Math.fma(x, v, s11);
            s12 = Math.fma(x, w, s12);
            x = x2[c];
            s20 = Math.fma(x, u, s20);
            s21 = Math.fma(x, v, s21);
            s22 = Math.fma(x, w, s22);
        }
        x0[j] -= s00;
        x0[j + 1] -= s01;
        x0[j + 2] -= s02;
        x1[j] -= s10;
        x1[j + 1] -= s11;
        x1[j + 2] -= s12;
        x2[j] -= s20;
        x2[j + 1] -= s21;
        x2[j + 2] -= s22;
    }
}
