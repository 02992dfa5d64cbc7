package henderson.linalg;

/** The innermost loops over whole rows. */
final class Rows {
    private Rows() {}

    /** {@code t_a ← t_a − Σ_b s_b[row + a] s_b}, columns {@code from ≤ c < to}. */
    static void subtract3x3(
            double[] t0, double[] t1, double[] t2, double[] s0, double[] s1, double[] s2, int row, int from, int to) {
        add(
                t0,
                t1,
                t2,
                s0,
                s1,
                s2,
                -s0[row],
                -s1[row],
                -s2[row],
                -s0[row + 1],
                -s1[row + 1],
                -s2[row + 1],
                -s0[row + 2],
                -s1[row + 2],
                -s2[row + 2],
                from,
                to);
    }

    /** {@code t_a ← t_a − Σ_b w[a n + k + b] s_b}, columns {@code from ≤ c < to}. */
    static void subtract3x3(
            double[] t0,
            double[] t1,
            double[] t2,
            double[] s0,
            double[] s1,
            double[] s2,
            double[] w,
            int n,
            int k,
            int from,
            int to) {
        int k1 = n + k;
        int k2 = n + k1;
        add(
                t0,
                t1,
                t2,
                s0,
                s1,
                s2,
                -w[k],
                -w[k + 1],
                -w[k + 2],
                -w[k1],
                -w[k1 + 1],
                -w[k1 + 2],
                -w[k2],
                -w[k2 + 1],
                -w[k2 + 2],
                from,
                to);
    }

    private static void add(
            double[] t0,
            double[] t1,
            double[] t2,
            double[] s0,
            double[] s1,
            double[] s2,
            double f00,
            double f01,
            double f02,
            double f10,
            double f11,
            double f12,
            double f20,
            double f21,
            double f22,
            int from,
            int to) {
        for (int c = from; c < to; c++) {
            double x = s0[c];
            double y = s1[c];
            double v = s2[c];
            t0[c] = Math.fma(f02, v, Math.fma(f01, y, Math.fma(f00, x, t0[c])));
            t1[c] = Math.fma(f12, v, Math.fma(f11, y, Math.fma(f10, x, t1[c])));
            t2[c] = Math.fma(f22, v, Math.fma(f21, y, Math.fma(f20, x, t2[c])));
        }
    }
}
