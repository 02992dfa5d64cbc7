package henderson.api;

import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a fit, on the response's scale, with its certificate and provenance. Arrays are not copied: do not modify.
 *
 * @param model             what was fitted
 * @param options           as asked for
 * @param estimator         registered name of the estimator that ran
 * @param optimizer         registered name of the optimizer that ran
 * @param logLikelihood     log-likelihood, restricted under REML, all constants kept
 * @param nullLogLikelihood the same for the model without random effects and with independent residuals
 * @param beta              fixed effects, p
 * @param betaCovariance    {@code σ²(XᵀV⁻¹X)⁻¹}, p × p
 * @param sigma2            residual variance; the scale of a residual structure
 * @param random            one per random term, in the model's order
 * @param residual          the residual structure's values, or null for independent residuals
 * @param parameters        every variance parameter
 * @param parameterCovariance covariance of their estimates by the observed information, NaN rows for those on a boundary
 * @param convergence       how it ended
 * @param certificate       the evidence, or null where none could be computed
 * @param history           accepted steps
 * @param evaluations       objective values taken
 * @param effects           predicted random effects, one per random term
 * @param notes             what a reader should know, code and text
 * @param seconds           wall time by stage
 * @param integrated        how random effects were integrated out, and how well; null for a linear model
 */
public record Fit(
        Model model,
        FitOptions options,
        String estimator,
        String optimizer,
        double logLikelihood,
        double nullLogLikelihood,
        double[] beta,
        DMatrixRMaj betaCovariance,
        double sigma2,
        List<RandomEstimate> random,
        @Nullable RandomEstimate residual,
        List<Parameter> parameters,
        DMatrixRMaj parameterCovariance,
        Convergence convergence,
        @Nullable Certificate certificate,
        List<Optimizer.Step> history,
        int evaluations,
        List<Effects> effects,
        List<Note> notes,
        Map<String, Double> seconds,
        @Nullable Integrated integrated) {

    /** The fit of a linear model. */
    public Fit(
            Model model,
            FitOptions options,
            String estimator,
            String optimizer,
            double logLikelihood,
            double nullLogLikelihood,
            double[] beta,
            DMatrixRMaj betaCovariance,
            double sigma2,
            List<RandomEstimate> random,
            @Nullable RandomEstimate residual,
            List<Parameter> parameters,
            DMatrixRMaj parameterCovariance,
            Convergence convergence,
            @Nullable Certificate certificate,
            List<Optimizer.Step> history,
            int evaluations,
            List<Effects> effects,
            List<Note> notes,
            Map<String, Double> seconds) {
        this(
                model,
                options,
                estimator,
                optimizer,
                logLikelihood,
                nullLogLikelihood,
                beta,
                betaCovariance,
                sigma2,
                random,
                residual,
                parameters,
                parameterCovariance,
                convergence,
                certificate,
                history,
                evaluations,
                effects,
                notes,
                seconds,
                null);
    }

    /**
     * The rule by which random effects were integrated out, and its error: what the next finer rule makes of it at the
     * estimates. Numbers that are not known are NaN, with the reason in {@code unknown}.
     *
     * @param method          such as {@code laplace}
     * @param points          nodes for each random effect
     * @param nextMethod      the finer rule, or {@code importance sampling}
     * @param nextPoints      its nodes, or draws
     * @param change          log-likelihood by the finer rule less that of the fit
     * @param shift           largest shift of an estimate under the finer rule, in standard errors
     * @param shifted         name of the parameter that shifts most
     * @param monteCarloError standard error of {@code change}, 0 for a quadrature
     * @param unknown         why the error is not known, or null
     * @param covariance      of (β, {@link #parameters()}) jointly, by the observed information
     * @param phi             coordinates of the family's own parameters; empty where it has none
     * @param means           posterior means of the random effects and their covariances, one per random term; empty where
     *                        they are not known. Beside them {@link #effects()} are posterior modes.
     */
    public record Integrated(
            String method,
            int points,
            String nextMethod,
            int nextPoints,
            double change,
            double shift,
            @Nullable String shifted,
            double monteCarloError,
            @Nullable String unknown,
            DMatrixRMaj covariance,
            double[] phi,
            List<Effects> means) {

        /** Without own parameters of the family and posterior means. */
        public Integrated(
                String method,
                int points,
                String nextMethod,
                int nextPoints,
                double change,
                double shift,
                @Nullable String shifted,
                double monteCarloError,
                @Nullable String unknown,
                DMatrixRMaj covariance) {
            this(
                    method,
                    points,
                    nextMethod,
                    nextPoints,
                    change,
                    shift,
                    shifted,
                    monteCarloError,
                    unknown,
                    covariance,
                    new double[0],
                    List.of());
        }
    }

    /**
     * Estimates of one term.
     *
     * @param term       the term
     * @param tau        search coordinates, relative to σ²
     * @param covariance the covariance matrix of one level's effects (or of all positions of a residual group)
     */
    public record RandomEstimate(Term term, double[] tau, DMatrixRMaj covariance) {}

    /**
     * A variance parameter on its natural scale.
     *
     * @param term     index of the random term; −1 for the residual, −2 for the family's own parameters
     * @param natural  what it is
     * @param name     for messages and vectors: {@code var(id:week)}, {@code cov(id:week,_cons)}, {@code var(Residual)}
     * @param estimate its value
     * @param boundary whether it is on its boundary, without a standard error
     */
    public record Parameter(int term, Natural natural, String name, double estimate, boolean boundary) {}

    /**
     * Predicted random effects of one term: level-major, {@code columns} numbers a level.
     *
     * @param values      {@code b̂}, levels × columns
     * @param conditional covariance of b given y, β known: levels × columns × columns
     * @param prediction  covariance of {@code b̂ − b}, β estimated: the same shape
     */
    public record Effects(double[] values, double[] conditional, double[] prediction) {}

    /** A remark: {@code code} for programs, {@code text} for people. */
    public record Note(String code, String text) {}

    /** The same fit with other covariances of fixed effects, of variance parameters, and of both together. */
    public Fit withCovariances(DMatrixRMaj fixed, DMatrixRMaj variances, DMatrixRMaj joint) {
        Integrated i = integrated;
        Integrated changed = i == null
                ? null
                : new Integrated(
                        i.method(),
                        i.points(),
                        i.nextMethod(),
                        i.nextPoints(),
                        i.change(),
                        i.shift(),
                        i.shifted(),
                        i.monteCarloError(),
                        i.unknown(),
                        joint,
                        i.phi(),
                        i.means());
        return new Fit(
                model,
                options,
                estimator,
                optimizer,
                logLikelihood,
                nullLogLikelihood,
                beta,
                fixed,
                sigma2,
                random,
                residual,
                parameters,
                variances,
                convergence,
                certificate,
                history,
                evaluations,
                effects,
                notes,
                seconds,
                changed);
    }

    /** Whether it is of a model with a family and a link. */
    public boolean generalized() {
        return integrated != null;
    }

    /** −2 log-likelihood. */
    public double deviance() {
        return -2 * logLikelihood;
    }

    /** Fixed effects and variance parameters, those on a boundary included. */
    public int parameterCount() {
        return beta.length + parameters.size();
    }
}
