package henderson.equations;

import java.util.Arrays;

/**
 * Residual groups with the same positions and the same Z, each with random effects of its own: their {@code V} is one matrix,
 * and of {@code U = [X̃ ỹ]} the likelihood needs only {@code S_ts = Σ_g u_gt u_gsᵀ}, theory (157). Immutable.
 */
final class SharedPattern {
    /** Groups summed before their sum is added to the whole, so that long sums keep their digits. */
    private static final int BLOCK = 256;

    /** Rows of a group. */
    final int n;

    final int[] at;
    /** Index of each group. */
    final int[] groups;
    /** Columns of Z. */
    final int q;
    /** n × q. */
    final double[] z;
    /** First column of each of a group's nodes; the last entry is {@link #q}. */
    final int[] column;
    /** Factor of each of a group's nodes. */
    final int[] factor;
    /** Pairs s ≤ t of rows: t(t+1)/2 + s. */
    final int pairs;

    private final int border;
    /** {@code S_ts + S_st} (t ≠ s) and {@code S_tt}: entries (a, b), a ≤ b, of all pairs, one after the other. */
    private final double[] sums;

    SharedPattern(ResidualLines lines, int[] groups) {
        int g = groups[0];
        this.groups = groups;
        this.at = lines.positions(g);
        this.n = at.length;
        this.border = lines.border;
        this.column = lines.columns(g);
        this.factor = lines.factorsOf(g);
        this.q = column[column.length - 1];
        this.z = new double[n * q];
        lines.spread(g, column, q, z);
        this.pairs = n * (n + 1) / 2;
        this.sums = folded(products(lines));
    }

    int count() {
        return groups.length;
    }

    /** {@code Σ_g vec(U_g) vec(U_g)ᵀ}, upper triangle. */
    private double[][] products(ResidualLines lines) {
        int width = n * border;
        double[][] total = RankUpdate.rows(width);
        double[][] part = groups.length > BLOCK ? RankUpdate.rows(width) : total;
        double[][] u = new double[RankUpdate.ROWS][width];
        for (int from = 0; from < groups.length; from += BLOCK) {
            int to = Math.min(groups.length, from + BLOCK);
            for (int g = from; g < to; g += u.length) {
                for (int k = 0; k < u.length; k++) {
                    if (g + k < to) {
                        System.arraycopy(lines.xy, lines.first[groups[g + k]] * border, u[k], 0, width);
                    } else {
                        Arrays.fill(u[k], 0);
                    }
                }
                RankUpdate.add(u, width, part);
            }
            if (part != total) {
                for (int i = 0; i < width; i++) {
                    addRow(part[i], total[i], i, width);
                }
            }
        }
        return total;
    }

    private static void addRow(double[] part, double[] total, int from, int to) {
        for (int j = from; j < to; j++) {
            total[j] += part[j];
            part[j] = 0;
        }
    }

    private double[] folded(double[][] products) {
        double[] out = new double[border * (border + 1) / 2 * pairs];
        int into = 0;
        for (int a = 0; a < border; a++) {
            for (int b = a; b < border; b++) {
                for (int t = 0; t < n; t++) {
                    for (int s = 0; s < t; s++) {
                        int row = s * border;
                        int column = t * border;
                        out[into++] = products[row + a][column + b] + products[row + b][column + a];
                    }
                    out[into++] = products[t * border + a][t * border + b];
                }
            }
        }
        return out;
    }

    /**
     * {@code out += Σ_g U_gᵀDU_g}, border × border, both triangles.
     *
     * @param d lower triangle of a symmetric D, row by row
     */
    void form(double[] d, double[] out) {
        int from = 0;
        for (int a = 0; a < border; a++) {
            for (int b = a; b < border; b++, from += pairs) {
                double first = 0;
                double second = 0;
                double third = 0;
                double fourth = 0;
                int i = 0;
                for (; i + 3 < pairs; i += 4) {
                    first = Math.fma(d[i], sums[from + i], first);
                    second = Math.fma(d[i + 1], sums[from + i + 1], second);
                    third = Math.fma(d[i + 2], sums[from + i + 2], third);
                    fourth = Math.fma(d[i + 3], sums[from + i + 3], fourth);
                }
                for (; i < pairs; i++) {
                    first += d[i] * sums[from + i];
                }
                double sum = first + second + (third + fourth);
                out[a * border + b] += sum;
                out[b * border + a] += a == b ? 0 : sum;
            }
        }
    }

    /**
     * {@code out ← Σ_g U_gKU_gᵀ}, n × n.
     *
     * @param k symmetric, border × border
     * @param d scratch, {@link #pairs}. Modified.
     */
    void spread(double[] k, double[] d, double[] out) {
        Arrays.fill(d, 0, pairs, 0);
        int from = 0;
        for (int a = 0; a < border; a++) {
            for (int b = a; b < border; b++, from += pairs) {
                double f = a == b ? k[a * border + a] : 2 * k[a * border + b];
                for (int i = 0; i < pairs && f != 0; i++) {
                    d[i] += f * sums[from + i];
                }
            }
        }
        int i = 0;
        for (int t = 0; t < n; t++) {
            for (int s = 0; s < t; s++, i++) {
                out[t * n + s] = d[i] / 2;
                out[s * n + t] = d[i] / 2;
            }
            out[t * n + t] = d[i++];
        }
    }
}
