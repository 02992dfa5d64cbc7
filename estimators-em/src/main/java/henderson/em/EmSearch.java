package henderson.em;

import henderson.api.FitListener;
import henderson.em.ExpectationMaximization.Variant;
import henderson.equations.linear.Boundary;
import henderson.equations.linear.Curvature;
import henderson.equations.linear.DevianceObjective;
import henderson.equations.linear.LinearEnd;
import henderson.equations.linear.LinearProblem;
import henderson.equations.linear.Parameters;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The search: steps of the variant until they are near or slow, then parameter-expanded steps with snap and release. The
 * observed Hessian only tells when to stop; no step uses it.
 */
final class EmSearch {
    private static final double COARSE = 1e-3;
    /** No Newton step polishes the end: it goes on to this part of the tolerance, as far as rounding lets it. */
    private static final double BEYOND = 1e-16;

    private static final int ROUNDS = 40;
    /** Cycles of the variant's own map, after which parameter-expanded ones take over. */
    private static final int OWN_CYCLES = 100;
    /** While a cycle gains more than this, nobody asks whether it is near the optimum. */
    private static final double FAR = 1e-3;
    /** A Hessian serves until the gain of a cycle has fallen by this factor. */
    private static final double STALE = 1e4;
    /** A gain of so many times the noise is a gain. */
    private static final double ROUNDING = 16;
    /** Cycles without a gain or a lower decrement after which there is no progress. */
    private static final int PATIENCE = 200;
    /** So many times sooner once the tolerance is reached. */
    private static final int HURRY = 10;

    private final LinearProblem problem;
    private final Parameters parameters;
    private final DevianceObjective objective;
    private final Variant variant;
    private final double tolerance;
    private final int limit;
    private final FitListener listener;
    private final Boundary boundary;
    private final Steps steps;
    private final History history;

    private double[] tau = new double[0];
    private double value;
    private @Nullable String reason;

    EmSearch(LinearProblem problem, Variant variant, double tolerance, int limit, FitListener listener) {
        this.problem = problem;
        this.parameters = problem.parameters();
        this.objective = problem.objective();
        this.variant = variant;
        this.tolerance = tolerance;
        this.limit = limit;
        this.listener = listener;
        this.boundary = new Boundary(parameters, objective);
        this.history = new History(listener);
        this.steps = new Steps(problem);
    }

    LinearEnd run() {
        listener.stage("starting values");
        tau = problem.start();
        value = objective.at(tau);
        problem.units(value);
        history.show(value, Double.NaN);
        listener.stage("optimization");
        if (variant == Variant.EM) {
            withSigma();
        } else if (variant == Variant.ECME) {
            climb(steps::ecme, COARSE, OWN_CYCLES);
        }
        boolean released = true;
        for (int round = 0; round < ROUNDS && released && reason == null; round++) {
            climb(steps::expanded, COARSE, Integer.MAX_VALUE);
            if (reason == null) {
                snap(false);
                climb(steps::expanded, BEYOND * tolerance, Integer.MAX_VALUE);
            }
            if (reason == null && snap(true)) {
                climb(steps::expanded, BEYOND * tolerance, Integer.MAX_VALUE);
            }
            released = reason == null && release();
        }
        return finish();
    }

    /** Steps of EM proper, in which σ² is no function of the rest. */
    private void withSigma() {
        int m = tau.length;
        double[] unit = Arrays.copyOf(units(), m + 1);
        unit[m] = Math.sqrt(2 / objective.evaluation().denominator());
        double[] x = Arrays.copyOf(tau, m + 1);
        x[m] = Math.log(objective.evaluation().sigma2());
        Squarem squarem = new Squarem(this::valueWithSigma, steps::em, steps::em, unit, objective.relativeNoise());
        double d = valueWithSigma(x);
        for (int cycle = 0; cycle < OWN_CYCLES && !atLimit(); cycle++) {
            double before = d;
            x = squarem.cycle(x, d);
            d = squarem.value();
            if (squarem.stuck()) {
                break;
            }
            history.accepted(d, Double.NaN);
            if (!(before - d > COARSE)) {
                break;
            }
        }
        tau = Arrays.copyOf(x, m);
        value = objective.at(tau);
    }

    /** −2 log-likelihood at {@code (τ, log σ²)}; the objective is left at τ. */
    private double valueWithSigma(double[] x) {
        double d = objective.at(Arrays.copyOf(x, x.length - 1));
        double ratio = objective.evaluation().sigma2() / Math.exp(x[x.length - 1]);
        return d + objective.evaluation().denominator() * (ratio - 1 - Math.log(ratio));
    }

    private double[] units() {
        double[] out = new double[tau.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = objective.unit(k);
        }
        return out;
    }

    private boolean atLimit() {
        if (Thread.currentThread().isInterrupted()) {
            reason = "it was interrupted";
        } else if (history.iterations() >= limit) {
            reason = String.format(Locale.ROOT, "the limit of %d iterations was reached", limit);
        }
        return reason != null;
    }

    /** Cycles until the decrement is at most {@code goal}. */
    private void climb(UnaryOperator<double[]> map, double goal, int cycles) {
        Nearness nearness = new Nearness(goal);
        Squarem squarem = new Squarem(objective::at, map, steps::ecme, units(), objective.relativeNoise());
        value = objective.at(tau);
        double gain = goal < COARSE ? 0 : Double.POSITIVE_INFINITY;
        for (int cycle = 0; cycle < cycles && !nearness.reached(gain); cycle++) {
            if (atLimit()) {
                return;
            }
            double before = value;
            objective.at(tau);
            tau = squarem.cycle(tau, value);
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
            boolean[] now = parameters.free(tau);
            if (inverse == null || gain * STALE < gainThen || !Arrays.equals(now, free) || patience % 50 == 1) {
                renew(gain, now);
            } else {
                decrement = decrement(inverse);
                if (decrement <= goal) {
                    renew(gain, now);
                }
            }
            boolean gains = gain > ROUNDING * objective.relativeNoise() * Math.max(1, Math.abs(value));
            patience = gains || decrement < 0.99 * least ? PATIENCE : patience - (least <= tolerance ? HURRY : 1);
            least = Math.min(least, decrement);
            return decrement <= goal;
        }

        private void renew(double gain, boolean[] now) {
            free = now;
            gainThen = gain;
            objective.restrict(tau, now);
            Curvature curvature = Curvature.at(objective, objective.inside(tau));
            inverse = curvature.inverse();
            decrement = curvature.complete() ? curvature.decrement() : Double.POSITIVE_INFINITY;
        }

        private double decrement(DMatrixRMaj inverse) {
            int m = inverse.numRows;
            double[] g = new double[m];
            objective.gradient(g);
            double sum = 0;
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    sum += g[i] * inverse.get(i, j) * g[j] / 2;
                }
            }
            return Math.abs(sum);
        }
    }

    private boolean snap(boolean converged) {
        double[] snapped = boundary.snap(tau, converged);
        boolean moved = snapped != tau;
        if (moved) {
            listener.note("a parameter went to its boundary");
            tau = snapped;
        }
        return moved;
    }

    private boolean release() {
        double[] point = boundary.release(tau);
        boolean released = point != tau;
        if (released) {
            listener.note("a parameter left its boundary");
            tau = point;
        }
        return released;
    }

    private LinearEnd finish() {
        listener.stage("standard errors");
        problem.units(objective.at(tau));
        objective.restrict(tau, parameters.free(tau));
        Curvature curvature = Curvature.at(objective, objective.inside(tau));
        history.show(objective.at(tau), curvature.decrement());
        String ended = reason == null ? "the certificate does not hold" : reason;
        return LinearEnd.of(problem, tau, ended, history.shown(), curvature, boundary);
    }
}
