package henderson.validation;

/** What a figure is; each kind has its own demand, see {@link DemandedDigits}. */
public enum Quantity {
    /** The log-likelihood, restricted under REML. */
    LOG_LIKELIHOOD("logLik"),
    /** The log-likelihood at the fit's own parameters, against 32 digits. */
    EXTENDED("32 digits"),
    /** A fixed effect. */
    FIXED("fixed"),
    /** Its standard error. */
    FIXED_SE("se"),
    /** Its cluster-robust standard error. */
    ROBUST_SE("robust se"),
    /** A variance or covariance of random effects, or a standard deviation or correlation where those are given. */
    VARIANCE("varcomp"),
    /** Its standard error, and that of the residual variance. */
    VARIANCE_SE("varcomp se"),
    /** The residual variance. */
    SIGMA2("sigma2"),
    /** A predicted random effect. */
    EFFECT("blup"),
    /** Its conditional or prediction standard deviation. */
    EFFECT_SD("blup sd"),
    /** An end of a fixed effect's confidence interval. */
    FIXED_LIMIT("limits"),
    /** An end of a variance parameter's confidence interval. */
    VARIANCE_LIMIT("varcomp limits"),
    /** A test statistic. */
    TEST("tests"),
    /** Rows, parameters, how the fit ended: equal or not. */
    FACT("facts");

    private final String label;

    Quantity(String label) {
        this.label = label;
    }

    /** Heading of its column. */
    public String label() {
        return label;
    }
}
