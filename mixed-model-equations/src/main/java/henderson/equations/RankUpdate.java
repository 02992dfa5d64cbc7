package henderson.equations;

/**
 * Updates of three target rows by three source rows, each an array of its own: one simple loop over contiguous numbers, which
 * the compiler turns into vectors.
 */
final class RankUpdate {
    /** Rows of one update. */
    static final int ROWS = 3;

    private RankUpdate() {}

    /** Rows for {@link #add} of order {@code width}, and a few that nobody reads. */
    static double[][] rows(int width) {
        return new double[width + ROWS - 1][width];
    }

    /**
     * {@code a += UᵀU}, upper triangle.
     *
     * @param u     {@value #ROWS} rows of {@code width} numbers
     * @param width order
     * @param a     made by {@link #rows}. Modified.
     */
    static void add(double[][] u, int width, double[][] a) {
        double[] u0 = u[0];
        double[] u1 = u[1];
        double[] u2 = u[2];
        for (int i = 0; i < width; i += ROWS) {
            int second = Math.min(i + 1, width - 1);
            int third = Math.min(i + 2, width - 1);
            add(
                    i,
                    width,
                    a[i],
                    a[i + 1],
                    a[i + 2],
                    u0,
                    u1,
                    u2,
                    u0[i],
                    u1[i],
                    u2[i],
                    u0[second],
                    u1[second],
                    u2[second],
                    u0[third],
                    u1[third],
                    u2[third]);
        }
    }

    /** {@code a += f0 u0 + f1 u1 + f2 u2} from {@code from} to {@code to}, and likewise b by g, c by h. */
    static void add(
            int from,
            int to,
            double[] a,
            double[] b,
            double[] c,
            double[] u0,
            double[] u1,
            double[] u2,
            double f0,
            double f1,
            double f2,
            double g0,
            double g1,
            double g2,
            double h0,
            double h1,
            double h2) {
        for (int j = from; j < to; j++) {
            double v0 = u0[j];
            double v1 = u1[j];
            double v2 = u2[j];
            a[j] = Math.fma(f0, v0, Math.fma(f1, v1, Math.fma(f2, v2, a[j])));
            b[j] = Math.fma(g0, v0, Math.fma(g1, v1, Math.fma(g2, v2, b[j])));
            c[j] = Math.fma(h0, v0, Math.fma(h1, v1, Math.fma(h2, v2, c[j])));
        }
    }
}
