package henderson.inference;

/**
 * The analysis of variance of the response by one grouping factor, and the two intraclass correlations made of it.
 *
 * @param group       the factor
 * @param levels      k
 * @param rows        n
 * @param between     mean square between levels, {@code k − 1} degrees of freedom
 * @param within      mean square within levels, {@code n − k}; NaN where every level has one row
 * @param size        {@code n₀ = (n − Σnᵢ²/n)/(k − 1)}, the size of a level if all had one
 */
public record OneWayAnalysis(String group, int levels, double rows, double between, double within, double size) {

    /** The plain one: sum of squares between levels over the total sum of squares. Too large in small levels. */
    public double plain() {
        double sum = between * (levels - 1);
        double rest = rows > levels ? within * (rows - levels) : 0;
        return sum / (sum + rest);
    }

    /**
     * The one made of unbiased estimates of both variances: {@code (MSB − MSW)/(MSB + (n₀ − 1) MSW)}. May be negative.
     */
    public double unbiased() {
        return (between - within) / (between + (size - 1) * within);
    }
}
