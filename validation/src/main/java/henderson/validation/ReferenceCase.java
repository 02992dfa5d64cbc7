package henderson.validation;

import henderson.api.Criterion;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model, its data and what others make of them.
 *
 * @param id         unique name
 * @param title      for people
 * @param data       file name of the data set
 * @param formula    in R's grammar
 * @param criterion  ML or REML
 * @param factors    categorical columns with their levels, base first
 * @param residual   residual structure in the words of {@code --residual}, or null
 * @param weights    column of precision weights, or null
 * @param where      filter of rows, or null
 * @param integrated family, link and rule of integration, or null for a linear model
 * @param large      left out of a quick run
 * @param provenance where the figures come from
 * @param rule       how they are judged
 * @param trusted    digits of the figures by the reference's own name for them; empty for printed figures
 * @param expected   the figures
 */
record ReferenceCase(
        String id,
        String title,
        String data,
        String formula,
        Criterion criterion,
        Map<String, List<String>> factors,
        @Nullable String residual,
        @Nullable String weights,
        @Nullable String where,
        @Nullable Integrated integrated,
        boolean large,
        Provenance provenance,
        Agreement rule,
        Map<String, Double> trusted,
        Expected expected) {

    /**
     * What a generalized model has more than a linear one.
     *
     * @param family      registered name
     * @param link        registered name
     * @param integration rule of integration
     * @param points      nodes for each random effect, 0 where the rule has its own number
     */
    record Integrated(String family, String link, String integration, int points) {}

    /** Tool, its version, and the script or command; {@code call} is the one of this case. */
    record Provenance(String tool, String version, String script, String call) {}

    /**
     * Figures of a case.
     *
     * @param singular whether the optimum has a variance at zero
     * @param wald     Wald statistic, or null
     * @param lrTest   likelihood ratio statistic against the linear model, or null
     * @param robust   cluster-robust standard errors, or null
     */
    record Expected(
            int rows,
            int parameters,
            boolean singular,
            BigDecimal logLikelihood,
            @Nullable BigDecimal wald,
            @Nullable BigDecimal lrTest,
            List<Figure> fixed,
            List<Figure> variance,
            List<Figure> residual,
            List<Effect> effects,
            @Nullable Robust robust) {}

    /**
     * Standard errors by CR0.
     *
     * @param cluster columns whose combinations are the clusters
     * @param fixed   a fixed effect's, as its estimate
     */
    record Robust(List<String> cluster, List<Figure> fixed) {}

    /**
     * An estimate.
     *
     * @param group grouping factor; empty for fixed effects and the residual
     * @param level level of a factor that separates residual parameters, or null
     * @param name  as our reports write it
     * @param se    standard error, or null
     * @param lower end of the 95 % interval, or null
     * @param upper its other end, or null
     */
    record Figure(
            String group,
            @Nullable String level,
            String name,
            BigDecimal estimate,
            @Nullable BigDecimal se,
            @Nullable BigDecimal lower,
            @Nullable BigDecimal upper) {
        /** The larger of the estimate and its standard error. */
        double scale() {
            double size = Math.abs(estimate.doubleValue());
            return se == null ? size : Math.max(size, se.doubleValue());
        }
    }

    /** Random effects of one level of one block, with standard deviations by column. */
    record Effect(
            String group,
            String level,
            List<String> columns,
            List<BigDecimal> values,
            List<BigDecimal> conditionalSd,
            List<BigDecimal> predictionSd) {}
}
