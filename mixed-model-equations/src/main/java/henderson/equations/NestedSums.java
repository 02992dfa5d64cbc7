package henderson.equations;

import org.jspecify.annotations.Nullable;

/**
 * What the likelihood of a nested model needs of its rows: {@code A = Z̃ᵀZ̃} and {@code B = Z̃ᵀ[X̃ ỹ]} group by group, and
 * {@code [X̃ ỹ]ᵀ[X̃ ỹ]}. Entries are kept apart, each an array over the groups, so that loops over groups are loops over
 * arrays.
 *
 * @param layout  the random terms
 * @param border  how {@code [X y]} is carried inside
 * @param inner   the groups that rows belong to
 * @param outer   groups of those groups, or null for one grouping factor
 * @param c       upper triangle, border × border
 * @param n       rows
 * @param sample  the same of about a thousand groups, or null where there are not many more
 */
record NestedSums(
        Layout layout,
        Border border,
        Level inner,
        @Nullable Level outer,
        double[] c,
        double n,
        @Nullable NestedSums sample) {

    /**
     * The groups of one grouping factor.
     *
     * @param factor the factor's number
     * @param nodes  how many groups there are
     * @param q      columns of Z of a group
     * @param a      upper triangle of A, row by row, each entry an array over the groups
     * @param edge   Z̃ᵀ times the columns of Z of the group around it, row-major; empty for the outermost factor
     * @param b      B, row-major, likewise
     * @param parent the group around each; empty for the outermost factor
     */
    record Level(int factor, int nodes, int q, double[][] a, double[][] edge, double[][] b, int[] parent) {

        /** Number of the entry (i, j) of an upper triangle, row by row. */
        static int entry(int i, int j, int q) {
            int r = Math.min(i, j);
            return r * q - r * (r - 1) / 2 + Math.max(i, j) - r;
        }
    }

    Level level(int factor) {
        return inner.factor == factor || outer == null ? inner : outer;
    }

    /** Mean and largest of the diagonal entry of A of a column of a term over the levels. */
    double[] diagonal(int term, int column) {
        Level level = level(layout.factorOf[term]);
        int k = layout.columnOf[term] + column;
        double[] d = level.a[Level.entry(k, k, level.q)];
        double sum = 0;
        double largest = 0;
        for (int i = 0; i < level.nodes; i++) {
            sum += d[i] / level.nodes;
            largest = Math.max(largest, d[i]);
        }
        return new double[] {sum, largest};
    }
}
