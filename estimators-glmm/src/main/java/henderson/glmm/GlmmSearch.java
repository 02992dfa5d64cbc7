package henderson.glmm;

import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Optimizer;
import henderson.equations.Descent;
import henderson.equations.generalized.GeneralizedEnd;
import henderson.equations.generalized.JointBoundary;
import henderson.equations.generalized.JointCurvature;
import henderson.equations.generalized.JointObjective;
import henderson.equations.generalized.JointParameters;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Coarse descent, snap, descent to the end, release; at the end Newton steps with the observed Hessian. */
final class GlmmSearch implements GeneralizedEnd {
    /** The search goes on below the tolerance, so that the Hessian is taken where it ends: each of its columns costs four values. */
    private static final double CLOSE = 1e-6;

    private static final int ROUNDS = 20;
    private static final int FINAL_STEPS = 2;
    /** A decrement for each cluster at which the Hessian still changes in its tenth digit over the rest of the way. */
    private static final double AWAY = 1e-17;
    /** A decrement at the level of rounding, of this many clusters. */
    private static final double NOTHING_LEFT = 1e-26;

    private static final double CLUSTERS = 100;

    private final JointObjective objective;
    private final JointParameters parameters;
    private final FitOptions options;
    private final FitListener listener;
    private final JointBoundary boundary;
    private final Descent descent;

    private double[] point = new double[0];
    private @Nullable JointCurvature curvature;
    private double decrement = Double.NaN;

    GlmmSearch(JointObjective objective, Optimizer optimizer, Optimizer own, FitOptions options, FitListener listener) {
        this.objective = objective;
        this.parameters = objective.parameters();
        this.options = options;
        this.listener = listener;
        this.boundary = new JointBoundary(objective);
        this.descent = new Descent(objective, parameters.size(), parameters::free, optimizer, own, options, listener);
    }

    /** @param information a step matrix at the start, or null */
    void run(double[] start, @Nullable DMatrixRMaj information) {
        point = start;
        boolean[] all = new boolean[parameters.size()];
        Arrays.fill(all, true);
        objective.restrict(point, all);
        double d = objective.at(point);
        if (Double.isNaN(d)) {
            throw new HendersonException(
                    "The likelihood cannot be computed at the starting values.",
                    "Maybe another link suits the response better, or 'laplace' instead of a quadrature.");
        }
        objective.begin(information);
        descent.record(d, Double.NaN, Double.NaN);
        listener.stage("optimization");
        double close = Math.max(
                CLOSE * options.tolerance(), AWAY * objective.approximation().clusters());
        point = descent.rounds(point, ROUNDS, close, boundary::snap, p -> limit() ? p : boundary.release(p));
    }

    /** Tells what no point without random effects goes below. */
    void without(double d) {
        boundary.without(d);
    }

    boolean limit() {
        return descent.ended();
    }

    /** The Hessian at the end, and what is left to go. */
    void finish() {
        objective.restrict(point, parameters.free(point));
        double[] x = objective.inside(point);
        JointCurvature here = JointCurvature.at(objective, x);
        decrement = here.decrement();
        double d = objective.value(x);
        double[] g = new double[x.length];
        double[] step = here.newtonStep();
        boolean minimum = here.complete() && here.inertia()[2] == 0;
        double nothing = NOTHING_LEFT * Math.max(1, objective.approximation().clusters() / CLUSTERS);
        for (int k = 0; k < FINAL_STEPS && minimum && !limit() && decrement > nothing; k++) {
            double[] next = x.clone();
            for (int i = 0; i < x.length; i++) {
                next[i] += step[i];
            }
            double there = objective.value(next);
            if (!(there <= d + Math.max(1e-9, 16 * Math.ulp(d))) || !objective.gradient(g)) {
                break;
            }
            double[] after = here.step(g);
            double left = 0;
            for (int i = 0; i < x.length; i++) {
                left -= after[i] * g[i] / 2;
            }
            if (!(Math.abs(left) < decrement)) {
                break;
            }
            boolean far = decrement > AWAY * objective.approximation().clusters();
            x = next;
            d = there;
            decrement = Math.abs(left);
            step = after;
            descent.stepped(d, decrement);
            if (far) { // so far that the Hessian itself has moved
                here = JointCurvature.at(objective, x);
                decrement = here.decrement();
                step = here.newtonStep();
            }
        }
        point = objective.outside(x);
        objective.at(point);
        curvature = here;
    }

    @Override
    public double[] point() {
        return point;
    }

    @Override
    public JointObjective objective() {
        return objective;
    }

    @Override
    public JointBoundary boundary() {
        return boundary;
    }

    @Override
    public String optimizer() {
        return descent.optimizer();
    }

    @Override
    public List<Optimizer.Step> history() {
        return descent.history();
    }

    @Override
    public JointCurvature curvature() {
        return java.util.Objects.requireNonNull(curvature, "finish first");
    }

    @Override
    public double decrement() {
        return decrement;
    }

    @Override
    public String reason() {
        return descent.reason();
    }
}
