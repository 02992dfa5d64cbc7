package henderson.linalg;

import java.util.Arrays;

/**
 * Plain Java: every inner loop adds multiples of three rows to three rows ({@link Rows}), over tiles that stay in the caches:
 * {@value #PANEL} rows by {@value #TILE} columns in the second level, the three rows that change in the first.
 */
final class JavaBackend implements DenseBackend {
    /** Rows that are sources together; a multiple of three. */
    private static final int PANEL = 96;

    /** Rows inverted together, multiples of three; of small matrices fewer, as their own inverse is computed entry by entry. */
    private static final int BLOCK = 24;

    private static final int SMALL_BLOCK = 6;
    /** Order of a small matrix. */
    private static final int SMALL = 400;

    /** Columns of a tile. */
    private static final int TILE = 512;

    @Override
    public boolean cholesky(double[][] a, int n, int width) {
        for (int k = 0; k < n; k += PANEL) {
            int end = Math.min(k + PANEL, n);
            if (!factorPanel(a, k, end, width)) {
                return false;
            }
            for (int from = end; from < width && end < n; from += TILE) {
                update(a, k, end, n, from, Math.min(from + TILE, width));
            }
        }
        return true;
    }

    /** Rows {@code k ≤ i < end}, those before them having been taken away: three at a time. */
    private static boolean factorPanel(double[][] a, int k, int end, int width) {
        int i = k;
        for (; i + 3 <= end; i += 3) {
            for (int j = k; j < i; j += 3) {
                // rows i + 1 and i + 2 also receive entries left of their diagonal; nothing reads those
                Rows.addTransposed(a, -1, i, j, i, width);
            }
            if (!factorThree(a, i, width)) {
                return false;
            }
        }
        for (; i < end; i++) {
            for (int j = k; j < i; j++) {
                Rows.add(a[i], a[j], -a[j][i], i, width);
            }
            double pivot = a[i][i];
            if (!positive(pivot)) {
                return false;
            }
            double scale = 1 / Math.sqrt(pivot);
            double[] row = a[i];
            for (int c = i; c < width; c++) {
                row[c] *= scale;
            }
        }
        return true;
    }

    private static boolean positive(double pivot) {
        return pivot > 0 && pivot < Double.POSITIVE_INFINITY;
    }

    /** Rows i to i + 2 among themselves. */
    private static boolean factorThree(double[][] a, int i, int width) {
        double[] r0 = a[i];
        double[] r1 = a[i + 1];
        double[] r2 = a[i + 2];
        double p0 = r0[i];
        if (!positive(p0)) {
            return false;
        }
        double d0 = 1 / Math.sqrt(p0);
        double f01 = r0[i + 1] * d0;
        double f02 = r0[i + 2] * d0;
        double p1 = Math.fma(-f01, f01, r1[i + 1]);
        if (!positive(p1)) {
            return false;
        }
        double d1 = 1 / Math.sqrt(p1);
        double f12 = Math.fma(-f01, f02, r1[i + 2]) * d1;
        double p2 = Math.fma(-f12, f12, Math.fma(-f02, f02, r2[i + 2]));
        if (!positive(p2)) {
            return false;
        }
        double d2 = 1 / Math.sqrt(p2);
        r0[i] = p0 * d0;
        r0[i + 1] = f01;
        r0[i + 2] = f02;
        r1[i + 1] = p1 * d1;
        r1[i + 2] = f12;
        r2[i + 2] = p2 * d2;
        Rows.solve(r0, r1, r2, d0, d1, d2, -f01, -f02, -f12, i + 3, width);
        return true;
    }

    /** Rows from {@code end} on, columns from … to: subtracts the products of the panel's rows. */
    private static void update(double[][] a, int k, int end, int n, int from, int to) {
        int last = Math.min(n, to);
        int i = end;
        for (; i + 3 <= last; i += 3) {
            int first = Math.max(i, from);
            for (int j = k; j < end; j += 3) {
                Rows.addTransposed(a, -1, i, j, first, to);
            }
        }
        for (; i < last; i++) {
            int first = Math.max(i, from);
            for (int j = k; j < end; j++) {
                Rows.add(a[i], a[j], -a[j][i], first, to);
            }
        }
    }

    /**
     * Rows {@code from ≤ i < end} of t, columns {@code left ≤ c < right}, gain {@code sign · F S} over rows {@code k ≤ j < last}
     * of S, F standing in rows of its own.
     */
    private static void addProducts(
            double[][] t,
            double[][] f,
            double sign,
            double[][] s,
            int from,
            int end,
            int k,
            int last,
            int left,
            int right) {
        for (int c = left; c < right; c += TILE) {
            int to = Math.min(c + TILE, right);
            for (int j = k; j < last; j += PANEL) {
                int stop = Math.min(j + PANEL, last);
                int i = from;
                for (; i + 3 <= end; i += 3) {
                    int b = j;
                    for (; b + 3 <= stop; b += 3) {
                        Rows.addProducts(t, f, sign, s, i, b, c, to);
                    }
                    for (; b < stop; b++) {
                        Rows.add(t[i], s[b], sign * f[i][b], c, to);
                        Rows.add(t[i + 1], s[b], sign * f[i + 1][b], c, to);
                        Rows.add(t[i + 2], s[b], sign * f[i + 2][b], c, to);
                    }
                }
                for (; i < end; i++) {
                    for (int b = j; b < stop; b++) {
                        Rows.add(t[i], s[b], sign * f[i][b], c, to);
                    }
                }
            }
        }
    }

    @Override
    public void multiply(double[][] a, double[][] b, int n, double[][] c) {
        for (int i = 0; i < n; i++) {
            Arrays.fill(c[i], 0, n, 0);
        }
        addProducts(c, a, 1, b, 0, n, 0, n, 0, n);
    }

    @Override
    public int inverseWorkspace(int n) {
        return BLOCK * BLOCK;
    }

    @Override
    public String description() {
        return "plain Java";
    }

    @Override
    public void inverse(double[][] r, int n, double[][] z, double[] work) {
        // From the last rows up, a block of rows I at a time, T the rows after it:
        // W = R_II⁻¹R_IT (over R_IT), Z_IT = −W Z_TT, Z_II = R_II⁻¹R_II⁻ᵀ − Z_IT Wᵀ.
        int block = n < SMALL ? SMALL_BLOCK : BLOCK;
        for (int i = (n - 1) / block * block; i >= 0; i -= block) {
            int end = Math.min(i + block, n);
            corner(r, i, end, z, work);
            if (end < n) {
                solveBeside(r, i, end, n);
                for (int k = i; k < end; k++) {
                    Arrays.fill(z[k], end, n, 0);
                }
                addProducts(z, r, -1, z, i, end, end, n, end, n);
                for (int a = i; a < end; a += 3) {
                    for (int b = a; b < end; b += 3) {
                        Rows.subtractDots(z, a, b, r, end, n);
                    }
                }
            }
            mirror(z, i, end, n);
        }
    }

    /** {@code Z_II ← R_II⁻¹R_II⁻ᵀ}, upper triangle. */
    private static void corner(double[][] r, int i, int end, double[][] z, double[] x) {
        int m = end - i;
        for (int b = 0; b < m; b++) {
            x[b * m + b] = 1 / r[i + b][i + b];
            for (int a = b - 1; a >= 0; a--) {
                double sum = 0;
                for (int k = a + 1; k <= b; k++) {
                    sum += r[i + a][i + k] * x[k * m + b];
                }
                x[a * m + b] = -sum / r[i + a][i + a];
            }
        }
        for (int a = 0; a < m; a++) {
            for (int b = a; b < m; b++) {
                double sum = 0;
                for (int k = b; k < m; k++) {
                    sum += x[a * m + k] * x[b * m + k];
                }
                z[i + a][i + b] = sum;
            }
        }
    }

    /** {@code R_IT ← R_II⁻¹R_IT}; a block with rows after it has a multiple of three rows. */
    private static void solveBeside(double[][] r, int i, int end, int n) {
        for (int a = end - 3; a >= i; a -= 3) {
            for (int b = a + 3; b < end; b += 3) {
                Rows.addProducts(r, r, -1, r, a, b, end, n);
            }
            double[] r0 = r[a];
            double[] r1 = r[a + 1];
            double[] r2 = r[a + 2];
            Rows.solve(r2, r1, r0, 1 / r2[a + 2], 1 / r1[a + 1], 1 / r0[a], -r1[a + 2], -r0[a + 2], -r0[a + 1], end, n);
        }
    }

    /** Columns I get what rows I have right of their diagonal. */
    private static void mirror(double[][] z, int i, int end, int n) {
        for (int k = i + 1; k < n; k++) {
            double[] row = z[k];
            int to = Math.min(end, k);
            for (int a = i; a < to; a++) {
                row[a] = z[a][k];
            }
        }
    }
}
