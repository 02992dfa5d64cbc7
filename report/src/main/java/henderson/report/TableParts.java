package henderson.report;

/**
 * What a text table shows.
 *
 * @param metric variances or standard deviations
 * @param header title, sample, test of all slopes, log likelihood
 * @param groups the grouping factors, within the header
 * @param fixed  coefficients
 * @param random variance components
 * @param test   the test against the linear model, below the variance components
 * @param linear what the test calls that model
 */
public record TableParts(
        Metric metric, boolean header, boolean groups, boolean fixed, boolean random, boolean test, String linear) {
    /** Everything, with variances. */
    public static final TableParts ALL = new TableParts(Metric.VARIANCE, true, true, true, true, true, "linear model");

    public TableParts withMetric(Metric m) {
        return new TableParts(m, header, groups, fixed, random, test, linear);
    }
}
