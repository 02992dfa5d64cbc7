package henderson.inference;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.equations.ClusterScores;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * The cluster-robust covariance of fixed effects and variance parameters, CR0: the model-based covariance on both sides of
 * the sum of squared cluster scores, without a factor for the number of clusters, theory (80) and (86).
 *
 * @param cluster  name of the factor whose levels are the clusters; empty where each row is one
 * @param clusters how many there are
 */
public record RobustCovariance(String cluster, int clusters) {
    /** What the covariance is called in documents. */
    public static final String TYPE = "CR0";

    /**
     * Why a fit by this criterion has no robust covariance, or null.
     *
     * @param criterion of the fit
     */
    public static @Nullable String refusal(Criterion criterion) {
        return criterion == Criterion.ML
                ? null
                : "a restricted likelihood is not a sum over clusters; robust standard errors need maximum likelihood";
    }

    /**
     * The same fit with robust covariances in place of the model-based ones.
     *
     * @throws HendersonException for a fit by restricted maximum likelihood
     */
    public static Fit apply(Fit fit, ClusterScores scores) {
        String refusal = refusal(fit.options().criterion());
        if (refusal != null) {
            throw new HendersonException(
                    "There are no robust standard errors: " + refusal + ".", "Maybe fit with --ml.");
        }
        DMatrixRMaj all = sandwich(scores);
        int p = fit.beta().length;
        int m = fit.parameters().size();
        DMatrixRMaj variances = block(all, p, m);
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                if (Double.isNaN(fit.parameterCovariance().get(j, k))) {
                    variances.set(j, k, Double.NaN);
                }
            }
        }
        return fit.withCovariances(block(all, 0, p), variances, all);
    }

    private static DMatrixRMaj block(DMatrixRMaj all, int from, int size) {
        return size == 0 ? new DMatrixRMaj(0, 0) : CommonOps_DDRM.extract(all, from, from + size, from, from + size);
    }

    /** {@code D C (Σ sᵢsᵢᵀ) C Dᵀ}, formed as the squares of what each cluster moves the estimates by. */
    static DMatrixRMaj sandwich(ClusterScores scores) {
        DMatrixRMaj half = new DMatrixRMaj(scores.scores().numRows, scores.covariance().numCols);
        CommonOps_DDRM.mult(scores.scores(), scores.covariance(), half);
        DMatrixRMaj moved = new DMatrixRMaj(half.numRows, scores.jacobian().numRows);
        CommonOps_DDRM.multTransB(half, scores.jacobian(), moved);
        DMatrixRMaj out = new DMatrixRMaj(moved.numCols, moved.numCols);
        CommonOps_DDRM.multTransA(moved, moved, out);
        return out;
    }
}
