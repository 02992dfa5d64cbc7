package henderson.newton;

import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Optimizer;
import henderson.equations.linear.Boundary;
import henderson.equations.linear.Curvature;
import henderson.equations.linear.DevianceObjective;
import henderson.equations.linear.LinearEnd;
import henderson.equations.linear.LinearProblem;
import henderson.equations.linear.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The search around any optimizer: coarse descent, snap, descent to the end, release, and at most two Newton steps with the
 * observed Hessian.
 */
final class Search {
    private static final double COARSE = 1e-3;
    private static final int ROUNDS = 40;
    private static final int FINAL_STEPS = 2;
    /** A decrement at the level of rounding: 1e-13 standard errors. */
    private static final double NOTHING_LEFT = 1e-26;

    private final LinearProblem problem;
    private final Parameters parameters;
    private final DevianceObjective objective;
    private final Optimizer optimizer;
    /** Goes on where the chosen one refuses what is left to search over. */
    private final Optimizer own;

    private final FitOptions options;
    private final FitListener listener;
    private final Boundary boundary;
    private final List<Optimizer.Step> history = new ArrayList<>();

    private double[] tau = new double[0];
    private int iterations;
    private Optimizer.Reason reason = Optimizer.Reason.CONVERGED;

    Search(LinearProblem problem, Optimizer optimizer, Optimizer own, FitOptions options, FitListener listener) {
        this.problem = problem;
        this.parameters = problem.parameters();
        this.objective = problem.objective();
        this.optimizer = optimizer;
        this.own = own;
        this.options = options;
        this.listener = listener;
        this.boundary = new Boundary(parameters, objective);
    }

    LinearEnd run() {
        listener.stage("starting values");
        tau = problem.start();
        double d = objective.at(tau);
        problem.units(d);
        record(d, Double.NaN, Double.NaN);
        listener.stage("optimization");
        boolean released = true;
        for (int round = 0; round < ROUNDS && released && !limit(); round++) {
            descend(COARSE);
            snap(false);
            descend(options.tolerance());
            if (snap(true)) {
                descend(options.tolerance());
            }
            double[] point = boundary.release(tau);
            released = point != tau;
            if (released) {
                listener.note("a parameter left its boundary");
                tau = point;
            }
        }
        return finish();
    }

    private boolean limit() {
        return reason == Optimizer.Reason.LIMIT || reason == Optimizer.Reason.INTERRUPTED;
    }

    private void descend(double decrement) {
        if (limit()) {
            return;
        }
        objective.restrict(tau, parameters.free(tau));
        if (objective.dimension() == 0) {
            return;
        }
        Optimizer willing = willing();
        int left = options.iterations() - iterations;
        if (left <= 0) {
            reason = Optimizer.Reason.LIMIT;
            return;
        }
        int before = iterations;
        // a step of a method without gradients takes 2n + 1 values, and not every round of values is a step
        int perStep = 20 + 10 * objective.dimension();
        Optimizer.Limits limits = new Optimizer.Limits(left, 50 + perStep * left, decrement);
        Optimizer.Optimum optimum = willing.minimize(objective, objective.inside(tau), limits, step -> {
            if (step.iteration() > 0) {
                iterations = before + step.iteration();
                record(step.value(), step.decrement(), step.radius());
            }
        });
        iterations = before + optimum.iterations();
        reason = optimum.reason();
        tau = objective.outside(optimum.x());
    }

    /** The chosen optimizer; the estimator's own once parameters on the boundary leave too few for the chosen one. */
    private Optimizer willing() {
        String refusal = optimizer.refusal(objective);
        if (refusal == null) {
            return optimizer;
        }
        if (objective.dimension() == parameters.size()) {
            throw new HendersonException(refusal, "Maybe leave out the choice of an optimizer.");
        }
        listener.note(refusal + " " + own.name() + " goes on");
        return own;
    }

    private void record(double value, double decrement, double radius) {
        Optimizer.Step step = new Optimizer.Step(iterations, value, decrement, radius);
        history.add(step);
        listener.step(step);
    }

    private boolean snap(boolean converged) {
        if (limit()) {
            return false;
        }
        double[] snapped = boundary.snap(tau, converged);
        boolean moved = snapped != tau;
        if (moved) {
            listener.note("a parameter went to its boundary");
            tau = snapped;
        }
        return moved;
    }

    private LinearEnd finish() {
        listener.stage("standard errors");
        problem.units(objective.at(tau));
        objective.restrict(tau, parameters.free(tau));
        double[] x = objective.inside(tau);
        Curvature here = Curvature.at(objective, x);
        for (int step = 0; step < FINAL_STEPS && !limit() && x.length > 0; step++) {
            double decrement = here.decrement();
            if (!here.complete() || decrement < NOTHING_LEFT || here.inertia()[2] > 0) {
                break;
            }
            double[] next = x.clone();
            double[] newton = here.newtonStep();
            for (int k = 0; k < next.length; k++) {
                next[k] += newton[k];
            }
            double d = objective.value(x);
            double there = objective.value(next);
            if (!(there <= d + Math.max(1e-9, objective.relativeNoise() * Math.abs(d)))) {
                break;
            }
            Curvature after = Curvature.at(objective, next);
            if (!after.complete() || !(after.decrement() < decrement)) {
                break;
            }
            x = next;
            here = after;
            iterations++;
            record(there, after.decrement(), Double.NaN);
        }
        if (x.length > 0) {
            tau = objective.outside(x);
        }
        return LinearEnd.of(problem, tau, reasonText(), history, here, boundary);
    }

    private String reasonText() {
        return switch (reason) {
            case LIMIT -> String.format(Locale.ROOT, "the limit of %d iterations was reached", options.iterations());
            case INTERRUPTED -> "it was interrupted";
            case NO_PROGRESS -> "no step makes progress";
            case CONVERGED -> "the certificate does not hold";
        };
    }
}
