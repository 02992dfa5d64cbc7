package henderson.newton;

import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.Optimizer;
import henderson.equations.Descent;
import henderson.equations.linear.Boundary;
import henderson.equations.linear.Curvature;
import henderson.equations.linear.DevianceObjective;
import henderson.equations.linear.LinearEnd;
import henderson.equations.linear.LinearProblem;
import henderson.equations.linear.Parameters;

/**
 * The search around any optimizer: coarse descent, snap, descent to the end, release, and at most two Newton steps with the
 * observed Hessian.
 */
final class Search {
    private static final int ROUNDS = 40;
    private static final int FINAL_STEPS = 2;
    /** A decrement at the level of rounding: 1e-13 standard errors. */
    private static final double NOTHING_LEFT = 1e-26;

    private final LinearProblem problem;
    private final Parameters parameters;
    private final DevianceObjective objective;
    private final FitOptions options;
    private final FitListener listener;
    private final Boundary boundary;
    private final Descent descent;

    private double[] tau = new double[0];

    Search(LinearProblem problem, Optimizer optimizer, Optimizer own, FitOptions options, FitListener listener) {
        this.problem = problem;
        this.parameters = problem.parameters();
        this.objective = problem.objective();
        this.options = options;
        this.listener = listener;
        objective.preferPatterns();
        this.boundary = new Boundary(parameters, objective);
        this.descent = new Descent(objective, parameters.size(), parameters::free, optimizer, own, options, listener);
    }

    LinearEnd run() {
        listener.stage("starting values");
        tau = problem.start();
        double d = objective.at(tau);
        problem.units(d);
        descent.record(d, Double.NaN, Double.NaN);
        listener.stage("optimization");
        tau = descent.rounds(tau, ROUNDS, options.tolerance(), boundary::snap, boundary::release);
        return finish();
    }

    private LinearEnd finish() {
        listener.stage("standard errors");
        problem.units(objective.at(tau));
        objective.restrict(tau, parameters.free(tau));
        double[] x = objective.inside(tau);
        Curvature here = Curvature.at(objective, x);
        for (int step = 0; step < FINAL_STEPS && !descent.ended() && x.length > 0; step++) {
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
            descent.stepped(there, after.decrement());
        }
        if (x.length > 0) {
            tau = objective.outside(x);
        }
        return LinearEnd.of(problem, tau, descent.reason(), descent.history(), here, boundary);
    }
}
