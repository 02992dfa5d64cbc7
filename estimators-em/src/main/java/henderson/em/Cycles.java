package henderson.em;

import henderson.api.FitListener;
import henderson.api.Optimizer;
import henderson.equations.ObservedHessian;
import henderson.equations.RestrictedObjective;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a search by steps that never go uphill does however the model is: accelerated cycles until they are near, snap, cycles
 * to the end, release, within one budget of iterations. The observed Hessian only tells when to stop; no step uses it.
 */
final class Cycles {
    /** Decrement at which the boundary is asked for. */
    static final double COARSE = 1e-3;

    private static final int ROUNDS = 40;
    /** While a cycle gains more than this, nobody asks whether it is near the optimum. */
    private static final double FAR = 1e-3;
    /** A Hessian serves until the gain of a cycle has fallen by this factor. */
    private static final double STALE = 1e4;
    /** A gain of so many times the noise is a gain. */
    private static final double ROUNDING = 16;
    /** Patience is lost so many times sooner once the tolerance is reached. */
    private static final int HURRY = 10;
    /** Cycles without progress after which the Hessian is renewed. */
    private static final int AGED = 50;

    /** A model to search over. */
    interface Ground {
        /** −2 log-likelihood over the free coordinates. */
        RestrictedObjective objective();

        /** The same at a full point; NaN where it cannot be computed. */
        double at(double[] point);

        /** Which coordinates may move at a point. */
        boolean[] free(double[] point);

        /** A step of coordinate {@code k} that matters. */
        double unit(int k);

        /** Rounding of the value, relative to it. */
        double relativeNoise();

        /** The observed Hessian at the point {@code x} of the search, where the objective is left. */
        ObservedHessian hessian(double[] x);

        /** A point on the boundary that is as good, or the point itself. */
        double[] snap(double[] point, boolean converged);

        /** A better point off the boundary, or the point itself. */
        double[] release(double[] point);

        /** The step that is accelerated, from where the value was taken last. */
        double[] step(double[] point);

        /** A step that cannot rise, taken where the other one does. */
        double[] sure(double[] point);
    }

    private final Ground ground;
    private final double tolerance;
    private final double beyond;
    private final int patience;
    private final int limit;
    private final FitListener listener;
    private final History history;

    private double[] point = new double[0];
    private double value = Double.NaN;
    private @Nullable String reason;

    /**
     * At first nothing is spent.
     *
     * @param tolerance decrement that is asked for
     * @param beyond    part of the tolerance to which it goes on: no Newton step polishes the end
     * @param patience  cycles without a gain or a lower decrement after which there is no progress
     * @param limit     iterations at most
     */
    Cycles(Ground ground, double tolerance, double beyond, int patience, int limit, FitListener listener) {
        this.ground = ground;
        this.tolerance = tolerance;
        this.beyond = beyond;
        this.patience = patience;
        this.limit = limit;
        this.listener = listener;
        this.history = new History(listener);
    }

    /** Tells and keeps where the search begins. */
    void begin(double[] start, double d) {
        move(start, d);
        history.show(d, Double.NaN);
        listener.stage("optimization");
    }

    /** Cycles, snap and release, again and again while a release finds a better point. */
    void rounds() {
        boolean released = true;
        for (int round = 0; round < ROUNDS && released && !ended(); round++) {
            climb(ground::step, COARSE, Integer.MAX_VALUE);
            if (!ended()) {
                snap(false);
                climb(ground::step, beyond * tolerance, Integer.MAX_VALUE);
            }
            if (!ended() && snap(true)) {
                climb(ground::step, beyond * tolerance, Integer.MAX_VALUE);
            }
            released = !ended() && release();
        }
    }

    /** At most {@code cycles} cycles of a map, until the decrement is at most {@code goal}. */
    void climb(UnaryOperator<double[]> map, double goal, int cycles) {
        Nearness nearness = new Nearness(goal);
        Squarem squarem = squarem(map);
        value = ground.at(point);
        double gain = goal < COARSE ? 0 : Double.POSITIVE_INFINITY;
        for (int cycle = 0; cycle < cycles && !nearness.reached(gain); cycle++) {
            if (atLimit()) {
                return;
            }
            gain = cycle(squarem);
            if (squarem.stuck() || nearness.left <= 0) {
                reason = nearness.least <= tolerance ? null : "no step makes progress";
                return;
            }
            history.accepted(value, nearness.decrement);
        }
    }

    /** At most {@code cycles} cycles of a map that another one has to follow, while they gain more than {@link #COARSE}. */
    void gains(UnaryOperator<double[]> map, int cycles) {
        Squarem squarem = squarem(map);
        double gain = Double.POSITIVE_INFINITY;
        for (int cycle = 0; cycle < cycles && gain > COARSE && !squarem.stuck() && !atLimit(); cycle++) {
            gain = cycle(squarem);
            accepted(value);
        }
    }

    private double cycle(Squarem squarem) {
        double before = value;
        ground.at(point);
        point = squarem.cycle(point, value);
        value = squarem.value();
        return before - value;
    }

    private Squarem squarem(UnaryOperator<double[]> map) {
        double[] units = new double[point.length];
        Arrays.setAll(units, ground::unit);
        return new Squarem(ground::at, map, ground::sure, units, ground.relativeNoise());
    }

    /** Whether the budget is spent, or somebody interrupted the search. */
    boolean atLimit() {
        if (Thread.currentThread().isInterrupted()) {
            reason = "it was interrupted";
        } else if (history.iterations() >= limit) {
            reason = String.format(Locale.ROOT, "the limit of %d iterations was reached", limit);
        }
        return ended();
    }

    private boolean snap(boolean converged) {
        double[] snapped = ground.snap(point, converged);
        boolean moved = snapped != point;
        if (moved) {
            listener.note("a parameter went to its boundary");
            point = snapped;
        }
        return moved;
    }

    private boolean release() {
        double[] off = ground.release(point);
        boolean released = off != point;
        if (released) {
            listener.note("a parameter left its boundary");
            point = off;
        }
        return released;
    }

    /** Goes to a point that other steps reached, where the value is {@code d}. */
    void move(double[] to, double d) {
        point = to;
        value = d;
    }

    /** Counts a cycle that other steps took. */
    void accepted(double d) {
        history.accepted(d, Double.NaN);
    }

    /** Tells and keeps where the search is. */
    void show(double d, double decrement) {
        history.show(d, decrement);
    }

    /** Where the search is. */
    double[] point() {
        return point;
    }

    List<Optimizer.Step> history() {
        return history.shown();
    }

    /** Whether it was ended before it was done. */
    boolean ended() {
        return reason != null;
    }

    /** Why the search ended, for a fit whose certificate does not hold. */
    String reason() {
        return reason == null ? "the certificate does not hold" : reason;
    }

    /** Whether the decrement is small enough, by an observed Hessian that is renewed when it says so. */
    private final class Nearness {
        private final double goal;
        private boolean[] free = new boolean[0];
        private @Nullable ObservedHessian hessian;
        private double gainThen;
        private double decrement = Double.NaN;
        private double least = Double.POSITIVE_INFINITY;
        private int left = patience;

        Nearness(double goal) {
            this.goal = goal;
        }

        boolean reached(double gain) {
            if (point.length == 0) {
                return true;
            }
            if (gain > FAR) {
                return false;
            }
            boolean[] now = ground.free(point);
            if (hessian == null || gain * STALE < gainThen || !Arrays.equals(now, free) || left % AGED == 1) {
                renew(gain, now);
            } else {
                decrement = decrement(hessian);
                if (decrement <= goal) {
                    renew(gain, now);
                }
            }
            boolean gains = gain > ROUNDING * ground.relativeNoise() * Math.max(1, Math.abs(value));
            left = gains || decrement < 0.99 * least ? patience : left - (least <= tolerance ? HURRY : 1);
            least = Math.min(least, decrement);
            return decrement <= goal;
        }

        private void renew(double gain, boolean[] now) {
            free = now;
            gainThen = gain;
            ground.objective().restrict(point, now);
            ObservedHessian here = ground.hessian(ground.objective().inside(point));
            hessian = here;
            decrement = here.complete() ? here.decrement() : Double.POSITIVE_INFINITY;
        }

        private double decrement(ObservedHessian by) {
            double[] g = new double[ground.objective().dimension()];
            ground.objective().gradient(g);
            double[] step = by.step(g);
            double sum = 0;
            for (int i = 0; i < g.length; i++) {
                sum -= g[i] * step[i] / 2;
            }
            return Math.abs(sum);
        }
    }
}
