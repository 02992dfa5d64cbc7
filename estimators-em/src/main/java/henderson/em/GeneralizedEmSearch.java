package henderson.em;

import henderson.api.FitListener;
import henderson.api.HendersonException;
import henderson.api.Optimizer;
import henderson.equations.ObservedHessian;
import henderson.equations.Symmetric;
import henderson.equations.generalized.GeneralizedEnd;
import henderson.equations.generalized.GeneralizedProblem;
import henderson.equations.generalized.JointBoundary;
import henderson.equations.generalized.JointCurvature;
import henderson.equations.generalized.JointObjective;
import henderson.equations.generalized.JointParameters;
import henderson.equations.generalized.Posterior;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The search for a generalized model: EM by posterior moments until it is near or slow, then by the moments that the exact
 * gradient implies.
 */
final class GeneralizedEmSearch implements GeneralizedEnd, Cycles.Ground {
    private static final double BEYOND = 1e-8;
    /** Cycles by posterior moments at most; where they end is near the maximum of the approximation, but not there. */
    private static final int OWN_CYCLES = 100;

    private static final int PATIENCE = 60;

    private final JointObjective objective;
    private final JointParameters parameters;
    private final JointBoundary boundary;
    private final GeneralizedSteps steps;
    private final FitListener listener;
    private final Cycles cycles;

    private @Nullable JointCurvature curvature;

    GeneralizedEmSearch(
            GeneralizedProblem problem, Posterior posterior, double tolerance, int limit, FitListener listener) {
        this.parameters = problem.parameters();
        this.objective = new JointObjective(parameters, problem.rule());
        this.boundary = new JointBoundary(objective);
        this.steps = new GeneralizedSteps(objective, posterior);
        this.listener = listener;
        this.cycles = new Cycles(this, tolerance, BEYOND, PATIENCE, limit, listener);
    }

    void run(double[] start) {
        boolean[] all = new boolean[parameters.size()];
        Arrays.fill(all, true);
        objective.restrict(start, all);
        double value = objective.at(start);
        if (Double.isNaN(value)) {
            throw new HendersonException(
                    "The likelihood cannot be computed at the starting values.",
                    "Maybe another link suits the response better, or 'laplace' instead of a quadrature.");
        }
        objective.scale(Symmetric.units(objective.fullInformation()));
        cycles.begin(start, value);
        cycles.gains(steps::moments, OWN_CYCLES);
        cycles.rounds();
    }

    /** The Hessian at the end. */
    void finish() {
        listener.stage("standard errors");
        objective.restrict(point(), parameters.free(point()));
        curvature = JointCurvature.at(objective, objective.inside(point()));
        cycles.show(objective.at(point()), curvature.decrement());
    }

    @Override
    public JointObjective objective() {
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
        return JointCurvature.at(objective, x);
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
        return steps.implied(point);
    }

    @Override
    public double[] sure(double[] point) {
        return steps.implied(point);
    }

    @Override
    public double[] point() {
        return cycles.point();
    }

    @Override
    public JointBoundary boundary() {
        return boundary;
    }

    @Override
    public JointCurvature curvature() {
        return Objects.requireNonNull(curvature, "finish first");
    }

    @Override
    public double decrement() {
        return curvature().decrement();
    }

    @Override
    public String optimizer() {
        return ExpectationMaximization.ACCELERATION;
    }

    @Override
    public List<Optimizer.Step> history() {
        return List.copyOf(cycles.history());
    }

    @Override
    public String reason() {
        return cycles.reason();
    }

    /** Whether it was ended before it was done. */
    boolean ended() {
        return cycles.ended();
    }
}
