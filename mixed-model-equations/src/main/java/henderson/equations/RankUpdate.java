package henderson.equations;

/** Symmetric updates of several rows at once: a loop over contiguous numbers that the compiler turns into vectors. */
final class RankUpdate {
    /** Rows of one update. */
    static final int ROWS = 8;

    private RankUpdate() {}

    /**
     * {@code a += UᵀU}, upper triangle.
     *
     * @param u     {@value #ROWS} rows of {@code width} numbers
     * @param a     width × width. Modified.
     */
    static void add(double[][] u, int width, double[] a) {
        for (int i = 0; i < width; i++) {
            add(i, width, a, u[0], u[1], u[2], u[3], u[4], u[5], u[6], u[7]);
        }
    }

    private static void add(
            int i,
            int width,
            double[] a,
            double[] u0,
            double[] u1,
            double[] u2,
            double[] u3,
            double[] u4,
            double[] u5,
            double[] u6,
            double[] u7) {
        double f0 = u0[i];
        double f1 = u1[i];
        double f2 = u2[i];
        double f3 = u3[i];
        double f4 = u4[i];
        double f5 = u5[i];
        double f6 = u6[i];
        double f7 = u7[i];
        int at = i * width;
        for (int j = i; j < width; j++) {
            a[at + j] += f0 * u0[j]
                    + f1 * u1[j]
                    + (f2 * u2[j] + f3 * u3[j])
                    + (f4 * u4[j] + f5 * u5[j] + (f6 * u6[j] + f7 * u7[j]));
        }
    }
}
