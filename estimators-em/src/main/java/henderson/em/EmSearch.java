package henderson.em;

import henderson.api.FitListener;
import henderson.em.ExpectationMaximization.Variant;
import henderson.equations.ObservedHessian;
import henderson.equations.RestrictedObjective;
import henderson.equations.linear.Boundary;
import henderson.equations.linear.Curvature;
import henderson.equations.linear.DevianceObjective;
import henderson.equations.linear.LinearEnd;
import henderson.equations.linear.LinearProblem;
import henderson.equations.linear.Parameters;
import java.util.Arrays;

/** The search for a linear model: steps of the variant until they are near or slow, then parameter-expanded ones. */
final class EmSearch implements Cycles.Ground {
    private static final double BEYOND = 1e-16;
    /** Cycles of the variant's own map, after which parameter-expanded ones take over. */
    private static final int OWN_CYCLES = 100;

    private static final int PATIENCE = 200;

    private final LinearProblem problem;
    private final Parameters parameters;
    private final DevianceObjective objective;
    private final Variant variant;
    private final FitListener listener;
    private final Boundary boundary;
    private final Steps steps;
    private final Cycles cycles;

    EmSearch(LinearProblem problem, Variant variant, double tolerance, int limit, FitListener listener) {
        this.problem = problem;
        this.parameters = problem.parameters();
        this.objective = problem.objective();
        this.variant = variant;
        this.listener = listener;
        this.boundary = new Boundary(parameters, objective);
        this.steps = new Steps(problem);
        this.cycles = new Cycles(this, tolerance, BEYOND, PATIENCE, limit, listener);
    }

    LinearEnd run() {
        listener.stage("starting values");
        double[] start = problem.start();
        double value = objective.at(start);
        problem.units(value);
        cycles.begin(start, value);
        if (variant == Variant.EM) {
            withSigma();
        } else if (variant == Variant.ECME) {
            cycles.climb(steps::ecme, Cycles.COARSE, OWN_CYCLES);
        }
        cycles.rounds();
        return finish();
    }

    /** Steps of EM proper, in which σ² is no function of the rest. */
    private void withSigma() {
        double[] tau = cycles.point();
        int m = tau.length;
        double[] unit = new double[m + 1];
        for (int k = 0; k < m; k++) {
            unit[k] = objective.unit(k);
        }
        unit[m] = Math.sqrt(2 / objective.evaluation().denominator());
        double[] x = Arrays.copyOf(tau, m + 1);
        x[m] = Math.log(objective.evaluation().sigma2());
        Squarem squarem = new Squarem(this::valueWithSigma, steps::em, steps::em, unit, objective.relativeNoise());
        double d = valueWithSigma(x);
        for (int cycle = 0; cycle < OWN_CYCLES && !cycles.atLimit(); cycle++) {
            double before = d;
            x = squarem.cycle(x, d);
            d = squarem.value();
            if (squarem.stuck()) {
                break;
            }
            cycles.accepted(d);
            if (!(before - d > Cycles.COARSE)) {
                break;
            }
        }
        tau = Arrays.copyOf(x, m);
        cycles.move(tau, objective.at(tau));
    }

    /** −2 log-likelihood at {@code (τ, log σ²)}; the objective is left at τ. */
    private double valueWithSigma(double[] x) {
        double d = objective.at(Arrays.copyOf(x, x.length - 1));
        double ratio = objective.evaluation().sigma2() / Math.exp(x[x.length - 1]);
        return d + objective.evaluation().denominator() * (ratio - 1 - Math.log(ratio));
    }

    private LinearEnd finish() {
        listener.stage("standard errors");
        double[] tau = cycles.point();
        problem.units(objective.at(tau));
        objective.restrict(tau, parameters.free(tau));
        Curvature curvature = Curvature.at(objective, objective.inside(tau));
        cycles.show(objective.at(tau), curvature.decrement());
        return LinearEnd.of(problem, tau, cycles.reason(), cycles.history(), curvature, boundary);
    }

    @Override
    public RestrictedObjective objective() {
        return objective;
    }

    @Override
    public double at(double[] point) {
        return objective.at(point);
    }

    @Override
    public boolean[] free(double[] point) {
        return parameters.free(point);
    }

    @Override
    public double unit(int k) {
        return objective.unit(k);
    }

    @Override
    public double relativeNoise() {
        return objective.relativeNoise();
    }

    @Override
    public ObservedHessian hessian(double[] x) {
        return Curvature.at(objective, x);
    }

    @Override
    public double[] snap(double[] point, boolean converged) {
        return boundary.snap(point, converged);
    }

    @Override
    public double[] release(double[] point) {
        return boundary.release(point);
    }

    @Override
    public double[] step(double[] point) {
        return steps.expanded(point);
    }

    @Override
    public double[] sure(double[] point) {
        return steps.ecme(point);
    }
}
