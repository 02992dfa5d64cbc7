package henderson.equations.linear;

import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Optimizer;
import henderson.equations.CollapsedGroups;
import henderson.equations.Descent;
import henderson.equations.Effects;
import henderson.equations.Evaluation;
import henderson.equations.Replicator;
import henderson.equations.ResponseDraw;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Fits of a linear model to responses drawn from it at its estimates. Every search starts at the estimates. Where one grouping
 * factor and independent residuals leave a small problem, Newton steps with the exact Hessian on {@link CollapsedGroups} find
 * the optimum; everything else, and what they give up, goes to the search that a fit makes.
 */
public final class LinearRefit implements Replicator {
    private static final String OPTIMIZER = "trust-region-newton";
    private static final int ROUNDS = 40;
    /** The search goes on below the tolerance: its own step matrix measures the decrement. */
    private static final double CLOSE = 1e-3;

    private static final int FINAL_STEPS = 2;

    private final Parameters parameters;
    private final DevianceObjective objective;
    private final Evaluation evaluation;
    private final ResponseDraw draw;
    private final Optimizer optimizer;
    private final FitOptions options;
    private final double[] start;
    /** Whether no parameter of the fit is on its boundary. */
    private final boolean startsInside;

    private final @Nullable CollapsedObjective collapsed;
    private final @Nullable CollapsedSearch quick;

    private LinearRefit(Fit fit, Model model, boolean conditional, boolean general, FitContext context) {
        this.options = FitOptions.DEFAULT
                .withCriterion(fit.options().criterion())
                .withTolerance(fit.options().tolerance());
        LinearProblem problem = LinearProblem.forResponses(model, options, context);
        this.parameters = problem.parameters();
        this.objective = problem.objective();
        this.evaluation = objective.evaluation();
        this.optimizer = context.registry().optimizer(OPTIMIZER);
        this.start = point(fit, parameters);
        this.startsInside = !onBoundary(parameters.free(start));
        problem.units(objective.at(start));
        objective.at(start);
        double[][] held = conditional ? modes() : null;
        objective.at(start);
        this.draw = new ResponseDraw(evaluation, held, general);
        CollapsedGroups groups = general ? null : CollapsedGroups.of(evaluation.equations(), options.criterion());
        this.collapsed = groups == null ? null : new CollapsedObjective(parameters, evaluation, groups);
        this.quick = collapsed == null ? null : new CollapsedSearch(parameters, collapsed, options.tolerance());
        if (collapsed != null) {
            collapsed.scale(objective);
        }
    }

    /**
     * A workspace.
     *
     * @param fit         a fit of the model, perhaps read from a file
     * @param model       with its rows
     * @param conditional whether all responses have the predicted random effects of the data in common
     */
    public static LinearRefit of(Fit fit, Model model, boolean conditional, FitContext context) {
        return new LinearRefit(fit, model, conditional, false, context);
    }

    /** The same, with rows drawn and the search of a fit made even where shorter ways would do. */
    public static LinearRefit byRows(Fit fit, Model model, boolean conditional, FitContext context) {
        return new LinearRefit(fit, model, conditional, true, context);
    }

    private double[][] modes() {
        Effects effects = new Effects(objective.score());
        double[][] out = new double[parameters.terms().size()][];
        for (int t = 0; t < out.length; t++) {
            out[t] = effects.of(t).values();
        }
        return out;
    }

    private static double[] point(Fit fit, Parameters parameters) {
        double[] random = fit.random().stream()
                .flatMapToDouble(r -> Arrays.stream(r.tau()))
                .toArray();
        Fit.RandomEstimate residual = fit.residual();
        int own = parameters.hasResidual() ? parameters.residualAt().length + 1 : 0;
        if (random.length != parameters.randomSize() || (residual == null ? 0 : residual.tau().length) != own) {
            throw new HendersonException("The fit is of another model: it has " + random.length
                    + " coordinates of random effects; the model has " + parameters.randomSize() + ".");
        }
        double[] point = Arrays.copyOf(random, parameters.size());
        return residual == null ? point : parameters.withResidual(point, residual.tau());
    }

    /** Whether sums are drawn in place of rows. */
    public boolean drawsSums() {
        return draw.drawsSums();
    }

    @Override
    public int size() {
        return evaluation.equations().p() + parameters.size() + 2;
    }

    @Override
    public Outcome replicate(RandomGenerator random, double[] out) {
        draw.draw(random);
        return refit(out);
    }

    /** Fits to the response that the sums hold. */
    Outcome refit(double[] out) {
        try {
            Outcome outcome = collapsed(out);
            return outcome == null ? search(out) : outcome;
        } catch (HendersonException e) {
            Arrays.fill(out, Double.NaN);
            return Outcome.failed(e.getMessage());
        }
    }

    /** By the collapsed groups; null where they cannot do it. */
    private @Nullable Outcome collapsed(double[] out) {
        if (quick == null || collapsed == null) {
            return null;
        }
        collapsed.refresh();
        double d = startsInside ? quick.run(start) : Double.NaN;
        if (!Double.isNaN(d)) {
            write(collapsed.fixedEffects(), quick.tau(), Math.sqrt(collapsed.sigma2()), d, out);
            return Outcome.INSIDE;
        }
        Descent descent = descent(collapsed);
        Boundary boundary = new Boundary(parameters, collapsed);
        double[] tau =
                descent.rounds(start.clone(), ROUNDS, CLOSE * options.tolerance(), boundary::snap, boundary::release);
        d = collapsed.at(tau);
        if (Double.isNaN(d) || !(collapsed.dimension() == 0 || descent.near())) {
            return null;
        }
        write(collapsed.fixedEffects(), tau, Math.sqrt(collapsed.sigma2()), d, out);
        return onBoundary(parameters.free(tau)) ? Outcome.BOUNDARY : Outcome.INSIDE;
    }

    private Descent descent(BoundaryObjective over) {
        return new Descent(
                over, parameters.size(), parameters::free, optimizer, optimizer, options, FitListener.SILENT);
    }

    private Outcome search(double[] out) {
        Boundary boundary = new Boundary(parameters, objective);
        Descent descent = descent(objective);
        double[] tau =
                descent.rounds(start.clone(), ROUNDS, CLOSE * options.tolerance(), boundary::snap, boundary::release);
        double[] end = descent.certified(tau, x -> Curvature.at(objective, x), FINAL_STEPS);
        double d = end == null ? Double.NaN : objective.at(end);
        if (end == null || Double.isNaN(d)) {
            Arrays.fill(out, Double.NaN);
            return Outcome.failed(descent.reason());
        }
        write(evaluation.beta(), end, Math.sqrt(evaluation.sigma2()), d, out);
        return onBoundary(parameters.free(end)) ? Outcome.BOUNDARY : Outcome.INSIDE;
    }

    private static boolean onBoundary(boolean[] free) {
        for (boolean f : free) {
            if (!f) {
                return true;
            }
        }
        return false;
    }

    private void write(double[] beta, double[] tau, double sigma, double d, double[] out) {
        System.arraycopy(beta, 0, out, 0, beta.length);
        double[] natural = parameters.natural(tau, sigma);
        System.arraycopy(natural, 0, out, beta.length, natural.length);
        out[out.length - 1] = -d / 2;
    }
}
