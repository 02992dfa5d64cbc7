package henderson.equations;

import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a search around any optimizer does however the model is: runs of the optimizer over the coordinates that are free,
 * within one budget of iterations, the steps told and kept.
 */
public final class Descent {
    private static final double COARSE = 1e-3;

    private final RestrictedObjective objective;
    private final int size;
    private final Function<double[], boolean[]> free;
    private final Optimizer optimizer;
    /** Goes on where the chosen one refuses what is left to search over. */
    private final Optimizer own;

    private final FitOptions options;
    private final FitListener listener;
    private final List<Optimizer.Step> history = new ArrayList<>();
    private int iterations;
    private Optimizer.Reason reason = Optimizer.Reason.CONVERGED;

    /**
     * At first nothing is spent.
     *
     * @param size number of coordinates, free or not
     * @param free which may move at a point
     * @param own  the optimizer of the estimator, used unless the options ask for another one of the context
     */
    public Descent(
            RestrictedObjective objective,
            int size,
            Function<double[], boolean[]> free,
            Optimizer optimizer,
            Optimizer own,
            FitOptions options,
            FitListener listener) {
        this.objective = objective;
        this.size = size;
        this.free = free;
        this.optimizer = optimizer;
        this.own = own;
        this.options = options;
        this.listener = listener;
    }

    /** Whether the budget is spent, or somebody interrupted the search. */
    public boolean ended() {
        return reason == Optimizer.Reason.LIMIT || reason == Optimizer.Reason.INTERRUPTED;
    }

    /** A way to the boundary; {@code converged} says whether the point is an optimum over what is free. */
    public interface Snap {
        /** A point on the boundary that is as good, or {@code point} itself. */
        double[] from(double[] point, boolean converged);
    }

    /**
     * Coarse descent, snap, descent to the end and release, again and again while a release finds a better point.
     *
     * @param most    rounds at most
     * @param fine    decrement of the end
     * @param release a better point off the boundary, or the point itself
     */
    public double[] rounds(double[] start, int most, double fine, Snap snap, UnaryOperator<double[]> release) {
        double[] point = start;
        boolean released = true;
        for (int round = 0; round < most && released && !ended(); round++) {
            point = from(point, COARSE);
            point = snapped(point, snap, false);
            point = from(point, fine);
            double[] snapped = snapped(point, snap, true);
            if (snapped != point) {
                point = from(snapped, fine);
            }
            double[] off = release.apply(point);
            released = off != point;
            if (released) {
                listener.note("a parameter left its boundary");
                point = off;
            }
        }
        return point;
    }

    /** Where the optimizer gets from {@code point} over the coordinates that are free there; the objective is restricted to them. */
    private double[] from(double[] point, double decrement) {
        if (ended()) {
            return point;
        }
        objective.restrict(point, free.apply(point));
        if (objective.dimension() == 0) {
            return point;
        }
        Optimizer willing = willing();
        int left = options.iterations() - iterations;
        if (left <= 0) {
            reason = Optimizer.Reason.LIMIT;
            return point;
        }
        int before = iterations;
        // a step of a method without gradients takes 2n + 1 values, and not every round of values is a step
        int perStep = 20 + 10 * objective.dimension();
        Optimizer.Limits limits = new Optimizer.Limits(left, 50 + perStep * left, decrement);
        Optimizer.Optimum optimum = willing.minimize(objective, objective.inside(point), limits, step -> {
            if (step.iteration() > 0) {
                iterations = before + step.iteration();
                record(step.value(), step.decrement(), step.radius());
            }
        });
        iterations = before + optimum.iterations();
        reason = optimum.reason();
        return objective.outside(optimum.x());
    }

    /** The chosen optimizer; the estimator's own once parameters on the boundary leave too few for the chosen one. */
    private Optimizer willing() {
        String refusal = optimizer.refusal(objective);
        if (refusal == null) {
            return optimizer;
        }
        if (objective.dimension() == size) {
            throw new HendersonException(refusal, "Maybe leave out the choice of an optimizer.");
        }
        listener.note(refusal + " " + own.name() + " goes on");
        return own;
    }

    private double[] snapped(double[] point, Snap snap, boolean converged) {
        double[] out = ended() ? point : snap.from(point, converged);
        if (out != point) {
            listener.note("a parameter went to its boundary");
        }
        return out;
    }

    /** Whether the decrement is small enough, as the optimizer measured it last. */
    public boolean near() {
        return !history.isEmpty() && history.get(history.size() - 1).decrement() <= options.tolerance();
    }

    /**
     * The point where the decrement is small enough, as the optimizer measured it last; otherwise after Newton steps with the
     * observed Hessian, which sees what differences of values do not. Null where there is none.
     *
     * @param point   where the search ended
     * @param hessian over the coordinates that are free there
     * @param steps   at most
     */
    public double @Nullable [] certified(double[] point, Function<double[], ObservedHessian> hessian, int steps) {
        if (near()) {
            return point;
        }
        objective.restrict(point, free.apply(point));
        double[] x = objective.inside(point);
        for (int step = 0; step <= steps && x.length > 0; step++) {
            ObservedHessian here = hessian.apply(x);
            if (!here.complete() || here.inertia()[2] > 0) {
                return null;
            }
            if (here.decrement() <= options.tolerance()) {
                return objective.outside(x);
            }
            double[] newton = here.newtonStep();
            for (int k = 0; k < x.length; k++) {
                x[k] += newton[k];
            }
        }
        return x.length == 0 ? point : null;
    }

    /** Keeps and tells the point reached by the steps so far. */
    public void record(double value, double decrement, double radius) {
        Optimizer.Step step = new Optimizer.Step(iterations, value, decrement, radius);
        history.add(step);
        listener.step(step);
    }

    /** Counts a step that no optimizer took, keeps and tells it. */
    public void stepped(double value, double decrement) {
        iterations++;
        record(value, decrement, Double.NaN);
    }

    /** Steps kept so far. */
    public List<Optimizer.Step> history() {
        return List.copyOf(history);
    }

    /** Name of the chosen optimizer. */
    public String optimizer() {
        return optimizer.name();
    }

    /** Why the search ended, for a fit whose certificate does not hold. */
    public String reason() {
        return switch (reason) {
            case LIMIT -> String.format(Locale.ROOT, "the limit of %d iterations was reached", options.iterations());
            case INTERRUPTED -> "it was interrupted";
            case NO_PROGRESS -> "no step makes progress";
            case CONVERGED -> "the certificate does not hold";
        };
    }
}
