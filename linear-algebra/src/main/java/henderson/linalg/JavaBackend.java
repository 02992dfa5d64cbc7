package henderson.linalg;

import java.util.Arrays;

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
    public int inverseWorkspace(int n) {
        return 3 * n;
    }

    @Override
    public String description() {
        return "plain Java";
    }

    @Override
    public void inverse(double[][] r, int n, double[][] z, double[] work) {
        // From the last rows up: W = R_II⁻¹R_IT, Z_IT = −W Z_TT, Z_II = R_II⁻¹R_II⁻ᵀ + W Z_TT Wᵀ, three rows I at a
        // time.
        int start = n;
        for (; start >= 3; start -= 3) {
            inverseRows(r, start - 3, n, z, work);
        }
        for (int row = start - 1; row >= 0; row--) {
            inverseRow(r, row, n, z, work);
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

    private static void inverseRows(double[][] r, int i, int n, double[][] z, double[] w) {
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
        for (int k = i + 3; k < n; k++) {
            w[k] = a * r0[k] + e * r1[k] + f * r2[k];
            w[n + k] = b * r1[k] + g * r2[k];
            w[2 * n + k] = c * r2[k];
        }
        subtractProducts(z, i, n, w);
        double[] z0 = z[i];
        double[] z1 = z[i + 1];
        double[] z2 = z[i + 2];
        double d00 = a * a + e * e + f * f;
        double d01 = e * b + f * g;
        double d02 = f * c;
        double d11 = b * b + g * g;
        double d12 = g * c;
        double d22 = c * c;
        for (int t = i + 3; t < n; t++) {
            d00 -= w[t] * z0[t];
            d01 -= w[t] * z1[t];
            d02 -= w[t] * z2[t];
            d11 -= w[n + t] * z1[t];
            d12 -= w[n + t] * z2[t];
            d22 -= w[2 * n + t] * z2[t];
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

    /** {@code Z_IT ← −W Z_TT} for the three rows from {@code i} on; W is 3 × n. */
    private static void subtractProducts(double[][] z, int i, int n, double[] w) {
        int from = i + 3;
        double[] z0 = z[i];
        double[] z1 = z[i + 1];
        double[] z2 = z[i + 2];
        Arrays.fill(z0, from, n, 0);
        Arrays.fill(z1, from, n, 0);
        Arrays.fill(z2, from, n, 0);
        int k = from;
        for (; k + 3 <= n; k += 3) {
            Rows.subtract3x3(z0, z1, z2, z[k], z[k + 1], z[k + 2], w, n, k, from, n);
        }
        for (; k < n; k++) {
            subtract(z0, z[k], w[k], from, n);
            subtract(z1, z[k], w[n + k], from, n);
            subtract(z2, z[k], w[2 * n + k], from, n);
        }
    }
}
