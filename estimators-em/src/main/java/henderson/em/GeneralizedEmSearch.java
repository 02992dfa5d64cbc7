package henderson.em;

import henderson.api.FitListener;
import henderson.api.HendersonException;
import henderson.api.Optimizer;
import henderson.equations.generalized.FixedFit;
import henderson.equations.generalized.GeneralizedEnd;
import henderson.equations.generalized.GeneralizedProblem;
import henderson.equations.generalized.JointBoundary;
import henderson.equations.generalized.JointCurvature;
import henderson.equations.generalized.JointObjective;
import henderson.equations.generalized.JointParameters;
import henderson.equations.generalized.Posterior;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The search: EM by posterior moments until it is near or slow, then by the moments that the exact gradient implies, with snap
 * and release. The observed Hessian only tells when to stop; no step uses it.
 */
final class GeneralizedEmSearch implements GeneralizedEnd {
    private static final double COARSE = 1e-3;
    /** No Newton step polishes the end: it goes on to this part of the tolerance. */
    private static final double BEYOND = 1e-8;

    private static final int ROUNDS = 40;
    /** Cycles by posterior moments at most. */
    private static final int OWN_CYCLES = 100;
    /** While a cycle gains more than this, nobody asks whether it is near the optimum. */
    private static final double FAR = 1e-3;
    /** A Hessian serves until the gain of a cycle has fallen by this factor. */
    private static final double STALE = 1e4;
    /** Cycles without a lower decrement after which there is no progress. */
    private static final int PATIENCE = 60;

    private final JointObjective objective;
    private final JointParameters parameters;
    private final JointBoundary boundary;
    private final GeneralizedSteps steps;
    private final double tolerance;
    private final int limit;
    private final FitListener listener;
    private final History history;

    private double[] point = new double[0];
    private double value;
    private @Nullable String reason;
    private @Nullable JointCurvature curvature;

    GeneralizedEmSearch(
            GeneralizedProblem problem, Posterior posterior, double tolerance, int limit, FitListener listener) {
        this.parameters = problem.parameters();
        this.objective = new JointObjective(parameters, problem.rule());
        this.boundary = new JointBoundary(objective);
        this.steps = new GeneralizedSteps(objective, posterior);
        this.tolerance = tolerance;
        this.limit = limit;
        this.listener = listener;
        this.history = new History(listener);
    }

    void run(double[] start) {
        point = start;
        boolean[] all = new boolean[parameters.size()];
        Arrays.fill(all, true);
        objective.restrict(point, all);
        value = objective.at(point);
        if (Double.isNaN(value)) {
            throw new HendersonException(
                    "The likelihood cannot be computed at the starting values.",
                    "Maybe another link suits the response better, or 'laplace' instead of a quadrature.");
        }
        objective.scale(FixedFit.units(objective.fullInformation()));
        history.show(value, Double.NaN);
        listener.stage("optimization");
        byMoments();
        boolean released = true;
        for (int round = 0; round < ROUNDS && released && reason == null; round++) {
            climb(COARSE);
            if (reason == null) {
                snap(false);
                climb(BEYOND * tolerance);
            }
            if (reason == null && snap(true)) {
                climb(BEYOND * tolerance);
            }
            released = reason == null && release();
        }
    }

    private boolean atLimit() {
        if (Thread.currentThread().isInterrupted()) {
            reason = "it was interrupted";
        } else if (history.iterations() >= limit) {
            reason = String.format(Locale.ROOT, "the limit of %d iterations was reached", limit);
        }
        return reason != null;
    }

    private double[] units() {
        double[] out = new double[point.length];
        Arrays.setAll(out, objective::unit);
        return out;
    }

    /** EM proper while it gains; where it ends is near the maximum of the approximation, but not there. */
    private void byMoments() {
        Squarem squarem = squarem(steps::moments);
        double gain = Double.POSITIVE_INFINITY;
        for (int cycle = 0; cycle < OWN_CYCLES && gain > COARSE && !squarem.stuck() && !atLimit(); cycle++) {
            double before = value;
            objective.at(point);
            point = squarem.cycle(point, value);
            value = squarem.value();
            gain = before - value;
            history.accepted(value, Double.NaN);
        }
    }

    private Squarem squarem(UnaryOperator<double[]> map) {
        return new Squarem(objective::at, map, steps::implied, units(), objective.relativeNoise());
    }

    /** Cycles by implied moments until the decrement is at most {@code goal}. */
    private void climb(double goal) {
        Nearness nearness = new Nearness(goal);
        Squarem squarem = squarem(steps::implied);
        value = objective.at(point);
        double gain = goal < COARSE ? 0 : Double.POSITIVE_INFINITY;
        while (!nearness.reached(gain)) {
            if (atLimit()) {
                return;
            }
            double before = value;
            objective.at(point);
            point = squarem.cycle(point, value);
            value = squarem.value();
            if (squarem.stuck() || nearness.patience <= 0) {
                reason = nearness.least <= tolerance ? null : "no step makes progress";
                return;
            }
            gain = before - value;
            history.accepted(value, nearness.decrement);
        }
    }

    /** Whether the decrement is small enough, by an observed Hessian that is renewed when it says so. */
    private final class Nearness {
        private final double goal;
        private boolean[] free = new boolean[0];
        private @Nullable DMatrixRMaj inverse;
        private double gainThen;
        private double decrement = Double.NaN;
        private double least = Double.POSITIVE_INFINITY;
        private int patience = PATIENCE;

        Nearness(double goal) {
            this.goal = goal;
        }

        boolean reached(double gain) {
            if (parameters.size() == 0) {
                return true;
            }
            if (gain > FAR) {
                return false;
            }
            boolean[] now = parameters.free(point);
            if (inverse == null || gain * STALE < gainThen || !Arrays.equals(now, free)) {
                renew(gain, now);
            } else {
                decrement = decrement(inverse);
                if (decrement <= goal) {
                    renew(gain, now);
                }
            }
            patience = decrement < 0.99 * least ? PATIENCE : patience - 1;
            least = Math.min(least, decrement);
            return decrement <= goal;
        }

        private void renew(double gain, boolean[] now) {
            free = now;
            gainThen = gain;
            objective.restrict(point, now);
            JointCurvature here = JointCurvature.at(objective, objective.inside(point));
            inverse = here.inverse();
            decrement = here.complete() ? here.decrement() : Double.POSITIVE_INFINITY;
        }

        private double decrement(DMatrixRMaj h) {
            int m = h.numRows;
            double[] g = new double[m];
            objective.at(point);
            objective.gradient(g);
            double sum = 0;
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    sum += g[i] * h.get(i, j) * g[j] / 2;
                }
            }
            return Math.abs(sum);
        }
    }

    private boolean snap(boolean converged) {
        double[] snapped = boundary.snap(point, converged);
        boolean moved = snapped != point;
        if (moved) {
            listener.note("a parameter went to its boundary");
            point = snapped;
        }
        return moved;
    }

    private boolean release() {
        double[] off = boundary.release(point);
        boolean released = off != point;
        if (released) {
            listener.note("a parameter left its boundary");
            point = off;
        }
        return released;
    }

    /** The Hessian at the end. */
    void finish() {
        listener.stage("standard errors");
        objective.restrict(point, parameters.free(point));
        curvature = JointCurvature.at(objective, objective.inside(point));
        history.show(objective.at(point), curvature.decrement());
    }

    @Override
    public JointObjective objective() {
        return objective;
    }

    @Override
    public double[] point() {
        return point;
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
        return List.copyOf(history.shown());
    }

    @Override
    public String reason() {
        return reason == null ? "the certificate does not hold" : reason;
    }

    /** Whether it was ended before it was done. */
    boolean ended() {
        return reason != null;
    }
}
