package henderson.inference;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/**
 * Whether all slopes are zero: {@code bᵀ Var(b)⁻¹ b} over the columns other than the constant.
 *
 * @param statistic     null without slopes, or where their covariance is not positive definite
 * @param df            number of slopes
 * @param denominatorDf null for chi-squared
 * @param distribution  {@code chi2}
 * @param pValue        null where the statistic is
 */
public record WaldTest(
        @Nullable Double statistic,
        int df,
        @Nullable Double denominatorDf,
        String distribution,
        @Nullable Double pValue) {

    /**
     * The test of all coefficients but one.
     *
     * @param beta       p
     * @param covariance p × p
     * @param constant   index of the column left out, or −1
     */
    static WaldTest ofSlopes(double[] beta, DMatrixRMaj covariance, int constant) {
        int[] at = slopes(beta.length, constant);
        Double statistic = at.length == 0 ? null : quadraticForm(beta, covariance, at);
        Double p = statistic == null
                ? null
                : (Double) ChiSquaredDistribution.of(at.length).survivalProbability(statistic);
        return new WaldTest(statistic, at.length, null, "chi2", p);
    }

    private static int[] slopes(int columns, int constant) {
        int[] at = new int[constant >= 0 && constant < columns ? columns - 1 : columns];
        int k = 0;
        for (int j = 0; j < columns; j++) {
            if (j != constant) {
                at[k++] = j;
            }
        }
        return at;
    }

    /** In standard units, so that the scale of predictors does not matter. */
    private static @Nullable Double quadraticForm(double[] beta, DMatrixRMaj covariance, int[] at) {
        int n = at.length;
        DMatrixRMaj correlation = new DMatrixRMaj(n, n);
        DMatrixRMaj z = new DMatrixRMaj(n, 1);
        for (int i = 0; i < n; i++) {
            double si = Math.sqrt(covariance.get(at[i], at[i]));
            z.set(i, 0, beta[at[i]] / si);
            for (int j = 0; j < n; j++) {
                double sj = Math.sqrt(covariance.get(at[j], at[j]));
                correlation.set(i, j, i == j ? 1 : covariance.get(at[i], at[j]) / si / sj);
            }
        }
        LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(n);
        if (!cholesky.setA(correlation)) {
            return null;
        }
        DMatrixRMaj solved = new DMatrixRMaj(n, 1);
        cholesky.solve(z, solved);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += z.get(i, 0) * solved.get(i, 0);
        }
        return sum >= 0 && Double.isFinite(sum) ? sum : null;
    }
}
