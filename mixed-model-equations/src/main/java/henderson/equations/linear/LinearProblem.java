package henderson.equations.linear;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.equations.Evaluation;
import henderson.equations.LinearEquations;
import henderson.equations.NestedLikelihood;
import henderson.equations.ProfiledDeviance;
import java.util.Objects;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A linear mixed model ready to be searched: condensed, checked for parameters that the data cannot tell apart, with the
 * profiled objective over the coordinates of its structures. What every estimator of linear models shares is around it:
 * {@link Boundary} goes to the boundary and leaves it, {@link Curvature} is the evidence, {@link #fit} puts the numbers
 * together.
 */
public final class LinearProblem {
    private final Model model;
    private final FitOptions options;
    private final Parameters parameters;
    private final DevianceObjective objective;
    private final long begin;
    private final double reading;

    private LinearProblem(Model model, FitOptions options, FitContext context, long begin, boolean responses) {
        context.listener().stage("condensing rows");
        NestedLikelihood nested =
                responses ? null : NestedLikelihood.of(model, options.criterion(), context.clusters());
        Supplier<Evaluation> evaluations = () -> new Evaluation(
                responses
                        ? LinearEquations.forResponses(model, context.listener())
                        : LinearEquations.of(model, context.listener()),
                options.criterion(),
                context.clusters());
        Evaluation general = nested == null ? evaluations.get() : null;
        ProfiledDeviance profile = nested == null ? Objects.requireNonNull(general) : nested;
        this.reading = seconds(begin);
        if (options.criterion() == Criterion.REML && profile.n() <= profile.p()) {
            throw new HendersonException("REML needs more rows than fixed effects; there are " + (long) profile.n()
                    + " rows and " + profile.p() + " columns.");
        }
        this.model = model;
        this.options = options;
        this.begin = begin;
        this.parameters = new Parameters(model);
        if (!responses) { // the fit that they are drawn from has passed it
            UnidentifiedCheck.run(parameters, nested, general);
        }
        this.objective = new DevianceObjective(
                parameters, nested, general == null ? evaluations : () -> general, true);
    }

    /** Why a model is not a linear one that these equations take, or null. */
    public static @Nullable String refusal(Model model) {
        if (model.family() != null) {
            return "it fits linear models; this one has a family and a link";
        }
        return null;
    }

    /**
     * Reads and condenses a model.
     *
     * @throws HendersonException for REML without degrees of freedom, and for variance parameters that the data cannot tell
     *     apart
     */
    public static LinearProblem of(Model model, FitOptions options, FitContext context) {
        return new LinearProblem(model, options, context, System.nanoTime(), false);
    }

    /** A model that was fitted before, to be fitted to other responses. */
    static LinearProblem forResponses(Model model, FitOptions options, FitContext context) {
        return new LinearProblem(model, options, context, System.nanoTime(), true);
    }

    /** The coordinates of all terms. */
    public Parameters parameters() {
        return parameters;
    }

    /** {@code d} over the coordinates that are free. */
    public DevianceObjective objective() {
        return objective;
    }

    /** Where a search may begin: effects that move a row as much as the noise does. */
    public double[] unitStart() {
        return Start.unit(parameters, objective);
    }

    /** Where a search may begin: the former, then steps of EM. */
    public double[] start() {
        return Start.of(parameters, objective);
    }

    /**
     * Measures coordinates in units, powers of two, in which the step matrix has about a unit diagonal at the last point, none larger than the
     * coordinates of its block that scale, or than 1 (a radian) where it does not scale: at uncorrelated random effects, one
     * for each row, a variance cannot be told from the residual's, and its curvature there is rounding.
     *
     * @throws HendersonException where {@code d} is not a number there
     */
    public void units(double d) {
        if (Double.isNaN(d)) {
            throw new HendersonException(
                    "The likelihood cannot be computed at the starting values.",
                    "Maybe the response is fitted exactly by the fixed effects.");
        }
        DMatrixRMaj h = objective.fullInformation();
        double[] point = objective.point();
        double[] unit = new double[parameters.size()];
        for (int k = 0; k < unit.length; k++) {
            double curvature = Math.abs(h.get(k, k));
            double most = parameters.reach(k, point);
            double size = curvature * most * most > 1 ? 1 / Math.sqrt(curvature) : most;
            unit[k] = Math.scalb(1.0, Math.getExponent(size)); // so that a point survives going in and out
        }
        objective.scale(unit);
    }

    /**
     * The numbers of a fit.
     *
     * @param estimator registered name
     * @param optimizer registered name of the optimizer, or what stands for it
     * @param searching seconds that the search took
     */
    public Fit fit(String estimator, String optimizer, LinearEnd end, double searching) {
        return new Assembly(model, options, estimator, optimizer, parameters, objective, end)
                .fit(reading, searching, begin);
    }

    /** Seconds since a reading of {@link System#nanoTime()}. */
    public static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }
}
