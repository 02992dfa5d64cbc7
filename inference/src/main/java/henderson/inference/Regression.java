package henderson.inference;

/**
 * Least squares.
 *
 * @param coefficients   by column; NaN where the rows do not determine it
 * @param standardErrors by column; NaN where not known
 * @param sigma          residual standard deviation; NaN without degrees of freedom
 * @param df             residual degrees of freedom
 */
public record Regression(double[] coefficients, double[] standardErrors, double sigma, double df) {
    /** Whether every coefficient is determined. */
    public boolean complete() {
        for (double b : coefficients) {
            if (Double.isNaN(b)) {
                return false;
            }
        }
        return true;
    }
}
