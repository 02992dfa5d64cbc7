package henderson.inference;

import henderson.api.Fit;
import henderson.api.HendersonException;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * {@code rᵀ(CVCᵀ)⁻r} for {@code r = Cβ̂ + c}: a Cholesky factor with pivoting of {@code CVCᵀ} in standard units finds the
 * rank, and rows that follow from those before them leave.
 */
final class JointTest {
    /** A squared residual norm below this, in standard units, is rounding: the row follows from others. */
    private static final double DEPENDENT = 1e-11;
    /** Rows that depend on others must agree with them to this many standard errors. */
    private static final double AGREES = 1e-5;

    private final int m;
    /** Correlation matrix of the combinations, then its Cholesky factor by rows. */
    private final double[][] a;
    /** r in standard units, then L⁻¹r. */
    private final double[] r;

    private final int[] order;

    private JointTest(Fit fit, double[][] c, double[] constants) {
        this.m = c.length;
        this.a = new double[m][m];
        this.r = new double[m];
        this.order = new int[m];
        for (int i = 0; i < m; i++) {
            order[i] = i;
            r[i] = constants[i];
            for (int k = 0; k < c[i].length; k++) {
                r[i] += c[i][k] == 0 ? 0 : c[i][k] * fit.beta()[k];
            }
            for (int j = 0; j < m; j++) {
                a[i][j] = product(fit, c[i], c[j]);
            }
        }
        standardize();
    }

    private static double product(Fit fit, double[] left, double[] right) {
        double sum = 0;
        for (int k = 0; k < left.length; k++) {
            for (int l = 0; left[k] != 0 && l < right.length; l++) {
                sum += right[l] == 0 ? 0 : left[k] * fit.betaCovariance().get(k, l) * right[l];
            }
        }
        return sum;
    }

    private void standardize() {
        double[] unit = new double[m];
        for (int i = 0; i < m; i++) {
            unit[i] = a[i][i] > 0 ? 1 / Math.sqrt(a[i][i]) : 1;
        }
        for (int i = 0; i < m; i++) {
            r[i] *= unit[i];
            for (int j = 0; j < m; j++) {
                a[i][j] *= unit[i] * unit[j];
            }
        }
    }

    static WaldTest of(Fit fit, double[][] c, double[] constants) {
        JointTest test = new JointTest(fit, c, constants);
        int rank = test.factor();
        test.requireConsistent(rank);
        double statistic = 0;
        for (int i = 0; i < rank; i++) {
            statistic += test.r[test.order[i]] * test.r[test.order[i]];
        }
        if (rank == 0 || !Double.isFinite(statistic)) {
            return new WaldTest(null, rank, null, "chi2", null);
        }
        double p = ChiSquaredDistribution.of(rank).survivalProbability(statistic);
        return new WaldTest(statistic, rank, null, "chi2", p);
    }

    /** Eliminates the row with the largest remainder first; returns the rank. What remains of r is residual. */
    private int factor() {
        for (int k = 0; k < m; k++) {
            int best = k;
            for (int i = k + 1; i < m; i++) {
                best = a[order[i]][order[i]] > a[order[best]][order[best]] ? i : best;
            }
            int swap = order[k];
            order[k] = order[best];
            order[best] = swap;
            int pivot = order[k];
            if (!(a[pivot][pivot] > DEPENDENT)) {
                return k;
            }
            double root = Math.sqrt(a[pivot][pivot]);
            r[pivot] /= root;
            for (int i = k + 1; i < m; i++) {
                int row = order[i];
                double l = a[row][pivot] / root;
                r[row] -= l * r[pivot];
                for (int j = k + 1; j < m; j++) {
                    a[row][order[j]] -= l * a[order[j]][pivot] / root;
                }
            }
        }
        return m;
    }

    private void requireConsistent(int rank) {
        for (int i = rank; i < m; i++) {
            if (Math.abs(r[order[i]]) > AGREES) {
                throw new HendersonException(
                        "Hypothesis " + (order[i] + 1) + " contradicts the others: it fixes a combination that they fix"
                                + " at another value.",
                        "Maybe leave it out.");
            }
        }
    }
}
