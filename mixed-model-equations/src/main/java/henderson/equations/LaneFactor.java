package henderson.equations;

/** The factor {@code R} of {@code M = I + ΛᵀAΛ = RᵀR} of many groups at once: a workspace of one thread. */
final class LaneFactor {
    private final int q;
    /** Upper triangle of M, then of R with the diagonal inverted. */
    private final double[][] r;

    LaneFactor(int q, int lanes) {
        this.q = q;
        this.r = new double[q * (q + 1) / 2][lanes];
    }

    private int entry(int i, int j) {
        return NestedSums.Level.entry(i, j, q);
    }

    /**
     * Factors the groups {@code from, …, from + n − 1}.
     *
     * @param a      upper triangles
     * @param lambda q × q
     * @param det    multiplied by {@code |M|}. Modified.
     */
    void factor(double[][] a, double[] lambda, int from, int n, double[] det) {
        for (int i = 0; i < q; i++) {
            for (int j = i; j < q; j++) {
                double[] m = r[entry(i, j)];
                java.util.Arrays.fill(m, 0, n, i == j ? 1 : 0);
                for (int k = 0; k < q; k++) {
                    for (int l = k; l < q; l++) {
                        double s = lambda[k * q + i] * lambda[l * q + j];
                        s += k == l ? 0 : lambda[l * q + i] * lambda[k * q + j];
                        if (s != 0) {
                            Lanes.addScaled(m, s, a[entry(k, l)], from, n);
                        }
                    }
                }
            }
        }
        for (int i = 0; i < q; i++) {
            double[] pivot = r[entry(i, i)];
            Lanes.times(det, pivot, n);
            Lanes.inverseRoot(pivot, pivot, n);
            for (int j = i + 1; j < q; j++) {
                Lanes.times(r[entry(i, j)], pivot, n);
            }
            for (int j = i + 1; j < q; j++) {
                for (int k = j; k < q; k++) {
                    Lanes.subtractProduct(r[entry(j, k)], r[entry(i, j)], r[entry(i, k)], n);
                }
            }
        }
    }

    /** {@code x ← R⁻¹x} for {@code m} columns, likewise. Modified. */
    void backward(double[][] x, int m, int n) {
        for (int c = 0; c < m; c++) {
            for (int i = q - 1; i >= 0; i--) {
                double[] xi = x[i * m + c];
                for (int k = i + 1; k < q; k++) {
                    Lanes.subtractProduct(xi, r[entry(i, k)], x[k * m + c], n);
                }
                Lanes.times(xi, r[entry(i, i)], n);
            }
        }
    }

    /** {@code x ← R⁻ᵀx} for {@code m} columns, q × m, row-major from {@code first} on. Modified. */
    void forward(double[][] x, int first, int m, int n) {
        for (int c = 0; c < m; c++) {
            for (int i = 0; i < q; i++) {
                double[] xi = x[first + i * m + c];
                for (int k = 0; k < i; k++) {
                    Lanes.subtractProduct(xi, r[entry(k, i)], x[first + k * m + c], n);
                }
                Lanes.times(xi, r[entry(i, i)], n);
            }
        }
    }
}
