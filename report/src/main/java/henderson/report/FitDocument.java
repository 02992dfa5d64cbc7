package henderson.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fit as JSON, schema {@code henderson.fit/1}: the contract with other programs. Field names are those of the JSON; what
 * is not known is null. Matrices are full arrays of rows in the order of the names beside them, on the response's scale.
 *
 * @param schema                 {@value #SCHEMA}
 * @param model                  what was asked for
 * @param data                   what became of the rows
 * @param logLikelihood          restricted under REML, all constants kept
 * @param deviance               −2 log-likelihood
 * @param parameterCount         fixed effects and variance parameters
 * @param sigma                  null unless there is exactly one residual variance
 * @param confidenceLevel        of all intervals, in percent
 * @param covarianceType         of both covariances: {@code OIM} by the model, {@code CR0} cluster-robust
 * @param clusters               of a robust covariance, or null
 * @param fixedEffectsCovariance in the order of {@code fixedEffects}
 * @param randomEffects          one per block, in the model's order
 * @param residual               the residual part; null for a model with a family
 * @param auxiliary              parameters of the family; empty for a linear model
 * @param integrationError       of the integral over the random effects; null for a linear model
 * @param timing                 seconds by stage
 */
public record FitDocument(
        String schema,
        ModelPart model,
        DataPart data,
        @Nullable Double logLikelihood,
        @Nullable Double deviance,
        @Nullable Double aic,
        @Nullable Double bic,
        int parameterCount,
        @Nullable Double sigma,
        double confidenceLevel,
        List<NotePart> notes,
        String covarianceType,
        @Nullable ClustersPart clusters,
        List<FixedEffect> fixedEffects,
        double[][] fixedEffectsCovariance,
        List<RandomEffect> randomEffects,
        @Nullable ResidualPart residual,
        List<ParameterPart> auxiliary,
        VarianceParameters varianceParameters,
        @Nullable IntegrationErrorPart integrationError,
        TestsPart tests,
        ConvergencePart convergence,
        ProvenancePart provenance,
        Map<String, Double> timing) {

    /** Name and version of the schema. */
    public static final String SCHEMA = "henderson.fit/1";

    /**
     * What was asked for; {@code stata} and {@code trials} are null where there are none, {@code integration} (the rule that was
     * used) and {@code points} for a linear model, {@code residual} for one with a family.
     */
    public record ModelPart(
            String formula,
            @Nullable String stata,
            String response,
            @Nullable String trials,
            @Nullable String weights,
            @Nullable String frequencyWeights,
            @Nullable String offset,
            @Nullable String where,
            List<FactorPart> factors,
            List<String> numeric,
            String family,
            String link,
            String criterion,
            String estimator,
            String optimizer,
            @Nullable String integration,
            @Nullable Integer points,
            List<RandomTermPart> randomEffects,
            @Nullable ResidualTermPart residual) {}

    /** A categorical variable and its levels, base first. */
    public record FactorPart(String name, List<String> levels) {}

    /** A random term: {@code factors} are the columns that make its grouping factor. */
    public record RandomTermPart(
            String group, List<String> factors, List<String> terms, String structure, Map<String, Object> arguments) {}

    /**
     * The residual structure; {@code formula} is the whole call as {@code --residual} takes it, null for independent ones; {@code title} heads its
     * parameters in tables.
     */
    public record ResidualTermPart(
            @Nullable String formula,
            @Nullable String title,
            String structure,
            @Nullable List<Integer> order,
            @Nullable String time,
            @Nullable String group,
            @Nullable String by,
            @Nullable String variances) {}

    /** What became of rows, columns and levels. */
    public record DataPart(
            long rows,
            long rowsUsed,
            List<DroppedPart> dropped,
            List<ColumnPart> columnsDropped,
            List<FactorPart> levelsDropped,
            List<GroupPart> groups) {}

    /** Rows left out. */
    public record DroppedPart(String reason, String variable, long count) {}

    /** A column of X left out. */
    public record ColumnPart(String name, String reason) {}

    /** A grouping factor: number of levels, rows a level. */
    public record GroupPart(String name, int count, long min, double mean, long max) {}

    /** The factor whose levels are the clusters, empty where each row is one, and their number. */
    public record ClustersPart(String name, int count) {}

    /** A remark. */
    public record NotePart(String code, String text) {}

    /** A coefficient with its test and interval. */
    public record FixedEffect(
            String name,
            @Nullable Double estimate,
            @Nullable Double standardError,
            @Nullable Double statistic,
            @Nullable Double df,
            @Nullable Double pValue,
            @Nullable Double lower,
            @Nullable Double upper) {}

    /** A block of random effects. */
    public record RandomEffect(
            String group,
            String structure,
            List<String> terms,
            double[][] covariance,
            List<ParameterPart> parameters,
            List<ParameterPart> standardDeviations) {}

    /** The residual part of the result. */
    public record ResidualPart(
            String structure, List<ParameterPart> parameters, List<ParameterPart> standardDeviations) {}

    /** A variance parameter; {@code level} where a structure has several sets of parameters. */
    public record ParameterPart(
            String name,
            @Nullable String level,
            @Nullable Double estimate,
            @Nullable Double standardError,
            @Nullable Double lower,
            @Nullable Double upper,
            boolean boundary) {}

    /** All variance parameters and the covariance of their estimates, null in rows on a boundary. */
    public record VarianceParameters(List<String> names, double[] estimates, double[][] covariance) {}

    /**
     * What the next finer rule makes of the log-likelihood and of the estimates; numbers that are not known are null, and the
     * reason says why.
     *
     * @param rule                the finer rule, or {@code importance sampling}; null where there is none
     * @param points              its nodes for each random effect, or draws
     * @param logLikelihoodChange log-likelihood by that rule less that of the fit
     * @param largestShift        largest shift of an estimate, in standard errors
     * @param parameter           the one that shifts most
     * @param monteCarloError     standard error of {@code logLikelihoodChange}, 0 for a quadrature
     */
    public record IntegrationErrorPart(
            @Nullable String rule,
            @Nullable Integer points,
            @Nullable Double logLikelihoodChange,
            @Nullable Double largestShift,
            @Nullable String parameter,
            @Nullable Double monteCarloError,
            @Nullable String reason) {}

    /** Tests; {@code versusNoRandomEffects} is null where the model adds nothing to the linear one. */
    public record TestsPart(WaldPart wald, @Nullable LikelihoodRatioPart versusNoRandomEffects) {}

    /** The test of all slopes. */
    public record WaldPart(
            @Nullable Double statistic,
            int df,
            @Nullable Double denominatorDf,
            String distribution,
            @Nullable Double pValue) {}

    /** The test against the linear model; {@code mixture} is {@code chibar2(01)}, or null for a conservative p-value. */
    public record LikelihoodRatioPart(double statistic, int df, double pValue, @Nullable String mixture) {}

    /** How the fit ended: {@code converged}, {@code boundary}, {@code stopped} or {@code failed}. */
    public record ConvergencePart(
            String status,
            @Nullable String reason,
            List<String> culprits,
            List<String> boundary,
            int iterations,
            int evaluations,
            @Nullable CertificatePart certificate,
            List<StepPart> history) {}

    /** The evidence. */
    public record CertificatePart(
            boolean holds,
            @Nullable Double decrement,
            double tolerance,
            @Nullable Double boundaryCurvature,
            int positive,
            int zero,
            int negative,
            List<String> flatDirections,
            int activeParameters) {}

    /** An accepted step. */
    public record StepPart(
            int iteration, @Nullable Double deviance, @Nullable Double decrement, @Nullable Double radius) {}

    /** Where the numbers come from; {@code iterationLimit} is null where none was asked for. */
    public record ProvenancePart(
            @Nullable String version,
            String dataSource,
            @Nullable String dataDigest,
            String java,
            @Nullable String requestedEstimator,
            @Nullable String requestedOptimizer,
            @Nullable Integer iterationLimit,
            double tolerance,
            int threads) {}
}
