package henderson.equations.generalized;

/**
 * A Gaussian over the effects of each cluster, unit by unit: given its ancestors at {@code u} a unit's effects are {@code
 * N(m + B(u − m_u), CCᵀ)}. Arrays by depth; P is the number of columns above a depth, q that at it.
 */
final class Centre {
    /** m, units × q. */
    final double[][] location;
    /** B, units × q × P. */
    final double[][] back;
    /** C, lower triangular, units × q × q. */
    final double[][] root;
    /** log|C|, units. */
    final double[][] logRoot;

    /** Standard normal, at the given locations. */
    Centre(NestedRows rows, double[][] location) {
        int depths = rows.depths;
        this.location = location;
        this.back = new double[depths][];
        this.root = new double[depths][];
        this.logRoot = new double[depths][];
        for (int l = 0; l < depths; l++) {
            int q = rows.width[l];
            int units = rows.units(l);
            back[l] = new double[units * q * rows.above[l]];
            root[l] = new double[units * q * q];
            logRoot[l] = new double[units];
            for (int u = 0; u < units; u++) {
                standard(l, u, q);
            }
        }
    }

    private void standard(int l, int u, int q) {
        for (int a = 0; a < q; a++) {
            root[l][u * q * q + a * q + a] = 1;
        }
    }

    /** {@code log|C|} of a unit from its diagonal. */
    void setLogRoot(int l, int u, int q) {
        double log = 0;
        for (int a = 0; a < q; a++) {
            log += Math.log(root[l][u * q * q + a * q + a]);
        }
        logRoot[l][u] = log;
    }

    /** New arrays of locations, all zero. */
    static double[][] zero(NestedRows rows) {
        double[][] out = new double[rows.depths][];
        for (int l = 0; l < out.length; l++) {
            out[l] = new double[rows.units(l) * rows.width[l]];
        }
        return out;
    }
}
