package henderson.report;

import henderson.api.ModelFrame;
import henderson.inference.RowStatistics;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a saved fit holds beside its document, so that questions can be asked of it without its data.
 *
 * @param language          the model was written in, {@code R} or {@code STATA}; null in older files: R
 * @param tau               search coordinates of each random term, relative to σ²
 * @param residualTau       coordinates of the residual structure, the held one at 1; null for independent residuals
 * @param sigma2            residual variance, or what the residual structure is relative to
 * @param nullLogLikelihood of the linear model without random effects
 * @param parameters        what the document's variance parameters are
 * @param declaredFactors   levels of declared factors, as they were declared
 * @param rows              what the rows say beyond the fit
 * @param frame             how the rows were coded
 * @param effects           predicted random effects of each term, or null when they were not asked for
 * @param generalized       what a model with a family has beside; null for a linear model
 */
public record SavedState(
        @Nullable String language,
        double[][] tau,
        double @Nullable [] residualTau,
        double sigma2,
        double nullLogLikelihood,
        List<ParameterState> parameters,
        Map<String, List<String>> declaredFactors,
        RowStatistics rows,
        ModelFrame frame,
        @Nullable List<EffectsState> effects,
        @Nullable GeneralizedState generalized) {

    /**
     * Of a model with a family.
     *
     * @param phi        coordinates of the family's own parameters
     * @param outcomes   labels of the response's outcomes, where it is a category
     * @param covariance of fixed effects and parameters together, null in rows on a boundary
     * @param means      posterior means of the random effects of each term; null where they are not known, or effects were not
     *                   asked for
     */
    public record GeneralizedState(
            double[] phi, List<String> outcomes, double[][] covariance, @Nullable List<EffectsState> means) {}

    /** What a variance parameter is; {@code term} is −1 for the residual. */
    public record ParameterState(
            int term, String symbol, int i, int j, List<String> levels, String scale, boolean boundary) {}

    /** Levels of a term, and of each its effects and their covariances, one after the other. */
    public record EffectsState(List<String> levels, double[] values, double[] conditional, double[] prediction) {}
}
