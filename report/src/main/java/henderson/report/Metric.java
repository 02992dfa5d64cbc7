package henderson.report;

/** How a text table shows variance parameters. */
public enum Metric {
    /** Variances and covariances. */
    VARIANCE,
    /** Standard deviations and correlations. */
    SD
}
