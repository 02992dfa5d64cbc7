package henderson.equations;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The whole score {@code S_G = ∂d/∂G} of every term, null directions of G included, theory (22) and (27): Λ is divided out
 * of {@code S_GΛ}, and where Λ is singular or close to it, small singular values are first raised to √ε.
 */
public final class ScoreMatrices {
    /** √ε = 2⁻²⁰, relative to the noise seen through the design. */
    private static final double FLOOR = 0x1p-20;

    private final Evaluation evaluation;
    private final Score score;

    /** Works through a score and its evaluation. */
    public ScoreMatrices(Score score) {
        this.score = score;
        this.evaluation = score.evaluation();
    }

    /**
     * Scores at Λ.
     *
     * @param lambda one per term
     * @param fresh  whether evaluation and score are up to date there
     * @return one symmetric matrix per term; evaluation and score may have moved to a neighbouring point
     */
    public DMatrixRMaj[] at(DMatrixRMaj[] lambda, boolean fresh) {
        DMatrixRMaj[] regular = new DMatrixRMaj[lambda.length];
        boolean moved = false;
        for (int t = 0; t < lambda.length; t++) {
            regular[t] = raised(t, lambda[t]);
            moved |= regular[t] != lambda[t];
        }
        if (moved || !fresh) {
            evaluation.value(regular);
            score.update();
        }
        DMatrixRMaj[] out = new DMatrixRMaj[lambda.length];
        for (int t = 0; t < lambda.length; t++) {
            out[t] = dividedByLambda(score.timesLambda(t), regular[t]);
        }
        return out;
    }

    /** Whether {@link #at} left evaluation and score at the point given. */
    public boolean stays(DMatrixRMaj[] lambda) {
        for (int t = 0; t < lambda.length; t++) {
            if (raised(t, lambda[t]) != lambda[t]) {
                return false;
            }
        }
        return true;
    }

    private DMatrixRMaj raised(int t, DMatrixRMaj lambda) {
        int q = lambda.numRows;
        double[] s = new double[q];
        DMatrixRMaj scaled = lambda.copy();
        for (int i = 0; i < q; i++) {
            s[i] = evaluation.equations.rootMeanDiagonal(t, i);
            s[i] = s[i] > 0 ? s[i] : 1;
            for (int j = 0; j < q; j++) {
                scaled.data[i * q + j] *= s[i];
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(q, q, true, true, false);
        if (!svd.decompose(scaled)) {
            return lambda;
        }
        double[] values = svd.getSingularValues();
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj vt = svd.getV(null, true);
        boolean raise = false;
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        for (int k = 0; k < q; k++) {
            double value = Math.max(values[k], FLOOR);
            raise |= value != values[k];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    out.data[i * q + j] += u.get(i, k) * value * vt.get(k, j) / s[i];
                }
            }
        }
        return raise ? out : lambda;
    }

    /** {@code S_G} from {@code S_GΛ}, its two triangles averaged. */
    static DMatrixRMaj dividedByLambda(DMatrixRMaj sl, DMatrixRMaj lambda) {
        int q = lambda.numRows;
        DMatrixRMaj inverse = new DMatrixRMaj(q, q);
        DMatrixRMaj s = new DMatrixRMaj(q, q);
        CommonOps_DDRM.invert(lambda, inverse);
        CommonOps_DDRM.mult(sl, inverse, s);
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                out.data[i * q + j] = (s.data[i * q + j] + s.data[j * q + i]) / 2;
            }
        }
        return out;
    }
}
