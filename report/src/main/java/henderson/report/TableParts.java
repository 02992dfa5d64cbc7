package henderson.report;

import henderson.api.ModelSpec;

/**
 * What a text table shows.
 *
 * @param metric variances or standard deviations
 * @param header title, sample, test of all slopes, log likelihood
 * @param groups the grouping factors, within the header
 * @param fixed  coefficients
 * @param random variance components
 * @param test   the test against the linear model, below the variance components
 * @param linear what the test calls that model, if it is a linear one
 * @param apart  whether variance components of a generalized model stand in a table of their own, as in Stata's older commands
 * @param glm    whether family and link are named below a general title
 * @param exponentiated whether coefficients of a generalized model are exponentiated
 */
public record TableParts(
        Metric metric,
        boolean header,
        boolean groups,
        boolean fixed,
        boolean random,
        boolean test,
        String linear,
        boolean apart,
        boolean glm,
        boolean exponentiated) {
    /** Everything, with variances. */
    public static final TableParts ALL =
            new TableParts(Metric.VARIANCE, true, true, true, true, true, "linear model", false, false, false);

    public TableParts withMetric(Metric m) {
        return new TableParts(m, header, groups, fixed, random, test, linear, apart, glm, exponentiated);
    }

    public TableParts withExponentiated(boolean asked) {
        return new TableParts(metric, header, groups, fixed, random, test, linear, apart, glm, asked);
    }

    /**
     * Checks that a model's coefficients are odds or incidence-rate ratios when they are exponentiated.
     *
     * @param odds  whether odds ratios are asked for, otherwise rate ratios
     * @param asked the option, for the message
     * @throws henderson.api.HendersonException for another family or link
     */
    public static void requireRatios(ModelSpec spec, boolean odds, String asked) {
        GeneralizedNames.require(spec, odds, asked);
    }
}
