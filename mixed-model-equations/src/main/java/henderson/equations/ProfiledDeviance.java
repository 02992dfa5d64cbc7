package henderson.equations;

import org.ejml.data.DMatrixRMaj;

/** The profiled objective {@code d(Λ)} of a linear mixed model and what belongs to its last value, theory (11) to (17). */
public interface ProfiledDeviance {
    /**
     * {@code d} at Λ, one matrix per term; NaN where it cannot be computed (a response fitted exactly, an entry not
     * finite).
     */
    double value(DMatrixRMaj[] lambda);

    /** {@code r² = yᵀPy}. */
    double residualSumOfSquares();

    /** {@code σ̂²}. */
    double sigma2();

    /** n under ML, n − p under REML. */
    double denominator();

    /** Fixed effects of the columns as given, p. */
    double[] beta();

    /** {@code σ̂²(XᵀV⁻¹X)⁻¹} of the columns as given, p × p. */
    DMatrixRMaj betaCovariance();

    /** Decimal digits that cancel in cross-products at the last Λ, theory (10); 0 on the square-root road. */
    double digitsLost();

    /** The linear model without random effects and with independent residuals of one variance. */
    Evaluation.Linear linear();

    /** Rows, replications counted. */
    double n();

    /** Columns of X. */
    int p();

    /** Levels of a term. */
    int levels(int term);

    /** Root mean square of column {@code a} of term {@code t}'s design over its levels: √(mean diagonal of A). */
    double rootMeanDiagonal(int t, int a);

    /** Standard deviation of column {@code j} of X (root mean square where there is no constant). */
    double scale(int j);
}
