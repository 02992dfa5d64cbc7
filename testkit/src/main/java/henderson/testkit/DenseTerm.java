package henderson.testkit;

import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.jspecify.annotations.Nullable;

/**
 * A random term in high precision.
 *
 * @param level  level of each row, n
 * @param levels how many levels
 * @param z      rows, n × q
 * @param g      covariance of one level, q × q
 * @param k      covariance among levels, or null for the identity
 */
record DenseTerm(int[] level, int levels, Dfp[][] z, Dfp[][] g, Dfp @Nullable [] @Nullable [] k) {

    int columns() {
        return g.length;
    }

    /** {@code K} between two levels. */
    Dfp among(DfpField field, int a, int b) {
        if (k != null) {
            return k[a][b];
        }
        return a == b ? field.getOne() : field.getZero();
    }

    /** {@code zᵢᵀGzⱼ K}: the share of this term in {@code V(i, j)}. */
    Dfp covariance(DfpField field, int i, int j) {
        Dfp between = among(field, level[i], level[j]);
        if (between.isZero()) {
            return between;
        }
        Dfp sum = field.getZero();
        for (int a = 0; a < columns(); a++) {
            for (int b = 0; b < columns(); b++) {
                sum = sum.add(z[i][a].multiply(g[a][b]).multiply(z[j][b]));
            }
        }
        return sum.multiply(between);
    }

    /** {@code ∂V(i, j)/∂G(a, b)}, G taken as n² free entries. */
    Dfp derivative(DfpField field, int i, int j, int a, int b) {
        return z[i][a].multiply(z[j][b]).multiply(among(field, level[i], level[j]));
    }
}
