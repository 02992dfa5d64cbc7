package henderson.linalg;

/**
 * Plain Java: every inner loop adds multiples of three rows to three rows, which the compiler turns into vector
 * instructions.
 */
final class JavaBackend implements DenseBackend {
    /** Rows factored together; a panel of this height stays in the second-level cache. */
    private static final int PANEL = 48;

    @Override
    public boolean cholesky(double[][] a, int n, int width) {
        for (int k = 0; k < n; k += PANEL) {
            int end = Math.min(k + PANEL, n);
            for (int i = k; i < end; i++) {
                for (int j = k; j < i; j++) {
                    subtract(a[i], a[j], a[j][i], i, width);
                }
                double pivot = a[i][i];
                if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                    return false;
                }
                double scale = 1 / Math.sqrt(pivot);
                double[] row = a[i];
                for (int c = i; c < width; c++) {
                    row[c] *= scale;
                }
            }
            update(a, end - k, end, n, width);
        }
        return true;
    }

    /** Rows from {@code end} on: subtracts the products of the panel's rows. */
    private static void update(double[][] a, int rows, int end, int n, int width) {
        int k = end - rows;
        int i = end;
        for (; i + 3 <= n; i += 3) {
            double[] t0 = a[i];
            double[] t1 = a[i + 1];
            double[] t2 = a[i + 2];
            int j = k;
            for (; j + 3 <= end; j += 3) {
                // t1 and t2 also receive entries left of their diagonal; nothing reads those
                Rows.subtract3x3(t0, t1, t2, a[j], a[j + 1], a[j + 2], i, i, width);
            }
            for (; j < end; j++) {
                double[] s = a[j];
                subtract(t0, s, s[i], i, width);
                subtract(t1, s, s[i + 1], i, width);
                subtract(t2, s, s[i + 2], i, width);
            }
        }
        for (; i < n; i++) {
            for (int j = k; j < end; j++) {
                subtract(a[i], a[j], a[j][i], i, width);
            }
        }
    }

    private static void subtract(double[] t, double[] s, double f, int from, int to) {
        for (int c = from; c < to; c++) {
            t[c] -= f * s[c];
        }
    }

    @Override
    public void inverse(double[][] r, int n, double[][] z) {
        // From the last rows up: W = R_II⁻¹R_IT, Z_IT = −W Z_TT, Z_II = R_II⁻¹R_II⁻ᵀ + W Z_TT Wᵀ, three rows I at a
        // time.
        int start = n;
        double[] w0 = new double[n];
        double[] w1 = new double[n];
        double[] w2 = new double[n];
        while (start > 0) {
            int i = Math.max(0, start - 3);
            int rows = start - i;
            if (rows < 3) {
                for (int row = start - 1; row >= i; row--) {
                    inverseRow(r, row, n, z, w0);
                }
            } else {
                inverseRows(r, i, n, z, w0, w1, w2);
            }
            start = i;
        }
    }

    private static void inverseRow(double[][] r, int i, int n, double[][] z, double[] w) {
        double[] ri = r[i];
        double[] zi = z[i];
        double scale = 1 / ri[i];
        for (int c = i + 1; c < n; c++) {
            w[c] = ri[c] * scale;
            zi[c] = 0;
        }
        for (int k = i + 1; k < n; k++) {
            subtract(zi, z[k], w[k], i + 1, n);
        }
        double d = scale * scale;
        for (int c = i + 1; c < n; c++) {
            d -= w[c] * zi[c];
            z[c][i] = zi[c];
        }
        zi[i] = d;
    }

    private static void inverseRows(double[][] r, int i, int n, double[][] z, double[] w0, double[] w1, double[] w2) {
        double[] r0 = r[i];
        double[] r1 = r[i + 1];
        double[] r2 = r[i + 2];
        double a = 1 / r0[i];
        double b = 1 / r1[i + 1];
        double c = 1 / r2[i + 2];
        // inverse of the 3 × 3 corner: [a e f; 0 b g; 0 0 c]
        double e = -a * r0[i + 1] * b;
        double g = -b * r1[i + 2] * c;
        double f = -a * (r0[i + 1] * g + r0[i + 2] * c);
        int from = i + 3;
        double[] z0 = z[i];
        double[] z1 = z[i + 1];
        double[] z2 = z[i + 2];
        for (int k = from; k < n; k++) {
            w0[k] = a * r0[k] + e * r1[k] + f * r2[k];
            w1[k] = b * r1[k] + g * r2[k];
            w2[k] = c * r2[k];
            z0[k] = 0;
            z1[k] = 0;
            z2[k] = 0;
        }
        int k = from;
        for (; k + 3 <= n; k += 3) {
            Rows.subtract3x3(z0, z1, z2, z[k], z[k + 1], z[k + 2], w0, w1, w2, k, from, n);
        }
        for (; k < n; k++) {
            subtract(z0, z[k], w0[k], from, n);
            subtract(z1, z[k], w1[k], from, n);
            subtract(z2, z[k], w2[k], from, n);
        }
        double d00 = a * a + e * e + f * f;
        double d01 = e * b + f * g;
        double d02 = f * c;
        double d11 = b * b + g * g;
        double d12 = g * c;
        double d22 = c * c;
        for (int t = from; t < n; t++) {
            d00 -= w0[t] * z0[t];
            d01 -= w0[t] * z1[t];
            d02 -= w0[t] * z2[t];
            d11 -= w1[t] * z1[t];
            d12 -= w1[t] * z2[t];
            d22 -= w2[t] * z2[t];
            z[t][i] = z0[t];
            z[t][i + 1] = z1[t];
            z[t][i + 2] = z2[t];
        }
        z0[i] = d00;
        z0[i + 1] = d01;
        z1[i] = d01;
        z0[i + 2] = d02;
        z2[i] = d02;
        z1[i + 1] = d11;
        z1[i + 2] = d12;
        z2[i + 1] = d12;
        z2[i + 2] = d22;
    }
}
