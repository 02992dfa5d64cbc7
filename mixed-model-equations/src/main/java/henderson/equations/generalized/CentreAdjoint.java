package henderson.equations.generalized;

import java.util.Arrays;

/** Derivatives of a cluster's log-likelihood by m, B and C of its units, which are counted from its first. */
final class CentreAdjoint {
    private final NestedRows rows;
    /** units × q. */
    final double[][] location;
    /** units × q × P. */
    final double[][] back;
    /** units × q × q, lower triangle. */
    final double[][] root;

    CentreAdjoint(NestedRows rows) {
        this.rows = rows;
        this.location = new double[rows.depths][];
        this.back = new double[rows.depths][];
        this.root = new double[rows.depths][];
        for (int l = 0; l < rows.depths; l++) {
            int q = rows.width[l];
            int units = rows.mostUnits(l);
            location[l] = new double[units * q];
            back[l] = new double[units * q * rows.above[l]];
            root[l] = new double[units * q * q];
        }
    }

    /** Zero for the units of cluster c. */
    void clear(int c) {
        for (int l = 0; l < rows.depths; l++) {
            int q = rows.width[l];
            int units = rows.first(l, c + 1) - rows.first(l, c);
            Arrays.fill(location[l], 0, units * q, 0);
            Arrays.fill(back[l], 0, units * q * rows.above[l], 0);
            Arrays.fill(root[l], 0, units * q * q, 0);
        }
    }

    /** Adds {@code C⁻ᵀ}, the derivative of {@code log|C|}, for all units of cluster c. */
    void addLogRoot(int c, Centre centre) {
        for (int l = 0; l < rows.depths; l++) {
            int q = rows.width[l];
            int first = rows.first(l, c);
            for (int unit = first; unit < rows.first(l, c + 1); unit++) {
                for (int a = 0; a < q; a++) { // of the lower triangle only the diagonal of C⁻ᵀ is left
                    root[l][(unit - first) * q * q + a * q + a] += 1 / centre.root[l][unit * q * q + a * q + a];
                }
            }
        }
    }

    /** Whether no entry for cluster c differs by more than {@code tolerance} times one plus its size. */
    boolean near(CentreAdjoint other, int c, double tolerance) {
        boolean out = true;
        for (int l = 0; l < rows.depths; l++) {
            int q = rows.width[l];
            int units = rows.first(l, c + 1) - rows.first(l, c);
            out &= near(location[l], other.location[l], units * q, tolerance);
            out &= near(back[l], other.back[l], units * q * rows.above[l], tolerance);
            out &= near(root[l], other.root[l], units * q * q, tolerance);
        }
        return out;
    }

    private static boolean near(double[] a, double[] b, int count, double tolerance) {
        for (int i = 0; i < count; i++) {
            if (Math.abs(a[i] - b[i]) > tolerance * (1 + Math.abs(a[i]))) {
                return false;
            }
        }
        return true;
    }
}
