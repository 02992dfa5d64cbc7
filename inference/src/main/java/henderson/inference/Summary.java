package henderson.inference;

import henderson.api.Batch;
import henderson.api.Fit;
import henderson.api.Fit.Parameter;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What a table shows of a fit: estimates with standard errors, tests and intervals. Numbers that are not known are null.
 *
 * @param fit                   what it summarizes
 * @param level                 confidence level of the intervals, in percent
 * @param observations          rows used, each counted as often as its frequency weight says
 * @param fixed                 fixed effects, in the model's order
 * @param wald                  the test of all slopes
 * @param random                one per block of random effects, in the model's order
 * @param residual              the residual part; without parameters where the model has a family
 * @param auxiliary             parameters of the family: dispersion, cut points; empty for a linear model
 * @param versusNoRandomEffects the test against the model without random effects (a linear one with independent residuals), or
 *                              null where the model adds nothing to it
 * @param aic                   {@code −2ℓ + 2k}, k all fixed effects and variance parameters
 * @param bic                   {@code −2ℓ + k log n}, n the observations
 * @param sigma                 residual standard deviation, or null unless there is exactly one residual variance
 * @param robust                the clusters, where the covariances of the fit are robust; null for model-based ones
 */
public record Summary(
        Fit fit,
        double level,
        long observations,
        List<Coefficient> fixed,
        WaldTest wald,
        List<RandomSummary> random,
        ResidualSummary residual,
        List<Estimate> auxiliary,
        @Nullable LikelihoodRatioTest versusNoRandomEffects,
        double aic,
        double bic,
        @Nullable Double sigma,
        @Nullable RobustCovariance robust) {

    /** Stands for all parameters that no random term has. */
    static final int AUXILIARY = -2;

    /** The level used where none is asked for. */
    public static final double DEFAULT_LEVEL = 95;

    public Summary {
        fixed = List.copyOf(fixed);
        random = List.copyOf(random);
        auxiliary = List.copyOf(auxiliary);
    }

    /** With intervals of 95 %. */
    public static Summary of(Fit fit) {
        return of(fit, DEFAULT_LEVEL);
    }

    /**
     * Summarizes a fit.
     *
     * @param level confidence level in percent, 10 to 99.99
     * @throws HendersonException for a level outside
     */
    public static Summary of(Fit fit, double level) {
        return of(fit, level, observations(fit.model()));
    }

    /**
     * Summarizes a fit whose rows are not at hand.
     *
     * @param level        confidence level in percent, 10 to 99.99
     * @param observations rows, each counted as often as its frequency weight says
     * @throws HendersonException for a level outside
     */
    public static Summary of(Fit fit, double level, long observations) {
        return of(fit, null, level, observations);
    }

    /**
     * Summarizes a fit whose covariances are robust; its likelihood is then no measure, and no test against the linear
     * model is made of it.
     *
     * @param fit    of {@link RobustCovariance#apply}
     * @param robust its clusters
     * @param level  confidence level in percent, 10 to 99.99
     * @throws HendersonException for a level outside
     */
    public static Summary of(Fit fit, RobustCovariance robust, double level) {
        return of(fit, robust, level, observations(fit.model()));
    }

    /**
     * Summarizes a fit whose rows are not at hand.
     *
     * @param robust       its clusters, or null for model-based covariances
     * @param level        confidence level in percent, 10 to 99.99
     * @param observations rows, each counted as often as its frequency weight says
     * @throws HendersonException for a level outside
     */
    public static Summary of(Fit fit, @Nullable RobustCovariance robust, double level, long observations) {
        requireLevel(level);
        Intervals intervals = new Intervals(level);
        long n = observations;
        return new Summary(
                fit,
                level,
                n,
                fixed(fit, intervals),
                WaldTest.ofSlopes(fit.beta(), fit.betaCovariance(), fit.model().interceptColumn()),
                random(fit, intervals),
                residual(fit, intervals),
                fit.generalized()
                        ? new VarianceEstimates(fit, intervals, AUXILIARY, List.of()).parameters()
                        : List.of(),
                robust == null ? versusNoRandomEffects(fit) : null,
                fit.deviance() + 2.0 * fit.parameterCount(),
                fit.deviance() + fit.parameterCount() * Math.log(n),
                sigma(fit),
                robust);
    }

    /**
     * Checks a confidence level, in percent.
     *
     * @throws HendersonException outside 10 to 99.99
     */
    public static void requireLevel(double level) {
        if (!(level >= 10 && level <= 99.99)) {
            throw new HendersonException(
                    "The confidence level is " + number(level) + "; it must be between 10 and 99.99.",
                    level > 0 && level < 1 ? "Maybe you meant " + number(100 * level) + "." : null);
        }
    }

    private static String number(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e15 ? String.format(Locale.ROOT, "%.0f", x) : Double.toString(x);
    }

    private static long observations(Model model) {
        if (model.spec().frequencyWeights() == null) {
            return model.rows();
        }
        double sum = 0;
        for (Batch batch : model.batches()) {
            double[] counts = batch.frequencies();
            for (int i = 0; i < batch.rows(); i++) {
                sum += counts == null ? 1 : counts[i];
            }
        }
        return Math.round(sum);
    }

    private static List<Coefficient> fixed(Fit fit, Intervals intervals) {
        List<Coefficient> out = new ArrayList<>();
        List<String> names = fit.model().fixedNames();
        for (int j = 0; j < fit.beta().length; j++) {
            out.add(coefficient(
                    names.get(j), fit.beta()[j], fit.betaCovariance().get(j, j), intervals.quantile()));
        }
        return out;
    }

    private static Coefficient coefficient(String name, double b, double variance, double z) {
        double se = Math.sqrt(variance);
        if (!Double.isFinite(se) || se == 0) {
            return new Coefficient(name, b, null, null, null, null, null, null);
        }
        return new Coefficient(name, b, se, b / se, null, Intervals.pValue(b / se), b - z * se, b + z * se);
    }

    private static List<RandomSummary> random(Fit fit, Intervals intervals) {
        List<RandomSummary> out = new ArrayList<>();
        for (int t = 0; t < fit.random().size(); t++) {
            Term term = fit.random().get(t).term();
            DMatrixRMaj covariance = fit.random().get(t).covariance();
            VarianceEstimates v = new VarianceEstimates(fit, intervals, t, term.columns());
            out.add(new RandomSummary(term, covariance, v.parameters(), v.standardDeviations()));
        }
        return out;
    }

    private static ResidualSummary residual(Fit fit, Intervals intervals) {
        if (fit.generalized()) {
            return new ResidualSummary(null, List.of(), List.of());
        }
        Term term = fit.residual() == null ? null : fit.residual().term();
        List<String> positions = term == null ? List.of() : term.columns();
        VarianceEstimates v = new VarianceEstimates(fit, intervals, -1, positions);
        return new ResidualSummary(term, v.parameters(), v.standardDeviations());
    }

    private static @Nullable LikelihoodRatioTest versusNoRandomEffects(Fit fit) {
        int random = (int) fit.parameters().stream().filter(p -> p.term() >= 0).count();
        int added = fit.generalized() ? random : fit.parameters().size() - 1;
        double difference = fit.logLikelihood() - fit.nullLogLikelihood();
        boolean unfinished = difference < 0 && !fit.convergence().certified();
        if (added < 1 || !Double.isFinite(difference) || unfinished) {
            return null;
        }
        boolean mixture = added == 1
                && fit.residual() == null
                && fit.parameters().get(0).natural().symbol().equals("var");
        boolean nothing = fit.residual() == null
                && fit.parameters().stream().filter(p -> p.term() >= 0).allMatch(p -> p.estimate() == 0);
        double reached = nothing ? fit.nullLogLikelihood() : fit.logLikelihood();
        return LikelihoodRatioTest.of(reached, fit.nullLogLikelihood(), added, mixture);
    }

    private static @Nullable Double sigma(Fit fit) {
        List<Parameter> variances = fit.parameters().stream()
                .filter(p -> p.term() < 0 && p.natural().symbol().equals("var"))
                .toList();
        return variances.size() == 1 ? (Double) Math.sqrt(variances.get(0).estimate()) : null;
    }

    /** One line: response, observations, log-likelihood, each coefficient with its standard error. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(fit.model().responseName());
        out.append(String.format(
                Locale.ROOT,
                ": %d observations, log-likelihood %.8g, %s",
                observations,
                fit.logLikelihood(),
                fit.convergence().status()));
        for (Coefficient c : fixed) {
            out.append(String.format(Locale.ROOT, "; %s %.6g", c.name(), c.estimate()));
            if (c.standardError() != null) {
                out.append(String.format(Locale.ROOT, " (%.4g)", c.standardError()));
            }
        }
        return out.toString();
    }
}
