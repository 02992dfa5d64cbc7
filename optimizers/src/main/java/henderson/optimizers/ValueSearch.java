package henderson.optimizers;

import henderson.api.Objective;
import henderson.api.Optimizer;
import henderson.api.Optimizer.Optimum;
import henderson.api.Optimizer.Reason;
import java.util.function.Consumer;

/**
 * Between an objective and a library's method that compares values: keeps the best point, the limits and the listener, and
 * decides what the method sees where the objective refuses a point (NaN, or not finite): a wall one above the highest value
 * seen, since an infinite one would spoil a quadratic model.
 *
 * <p>An accepted step is a round of 2n + 1 values, what a quadratic model is first built from, that lowered the best one.
 */
final class ValueSearch {
    /** First step in units of the start. */
    private static final double FIRST = 0.1;

    /** A method of a library. */
    @FunctionalInterface
    interface Method {
        /**
         * Searches from {@code x} by {@link ValueSearch#value} with steps of {@code first} at first and {@code last} at last.
         *
         * @return whether it ended by its own rule
         */
        boolean search(double[] x, double first, double last);
    }

    /** Ends a method from within its objective. */
    private static final class Stop extends RuntimeException {
        private final Reason reason;

        Stop(Reason reason) {
            super(reason.name(), null, false, false);
            this.reason = reason;
        }
    }

    private final Objective objective;
    private final Optimizer.Limits limits;
    private final Consumer<Optimizer.Step> listener;
    /** Best point, n. */
    private final double[] best;

    private double value;
    private double highest;
    private double reported;
    private int iterations;
    private int evaluations;
    private int round;

    ValueSearch(Objective objective, double[] start, Optimizer.Limits limits, Consumer<Optimizer.Step> listener) {
        this.objective = objective;
        this.limits = limits;
        this.listener = listener;
        this.best = start.clone();
        evaluations = 1;
        value = objective.value(start.clone());
        highest = value;
        reported = value;
        listener.accept(new Optimizer.Step(0, value, Double.NaN, Double.NaN));
    }

    /**
     * Restarts the method from its own result, with steps a hundred times shorter than before, until that gains no more than
     * the decrement that is wanted, or rounding.
     */
    Optimum run(Method method) {
        if (!Double.isFinite(value)) {
            return end(Reason.NO_PROGRESS);
        }
        try {
            double last = lastStep();
            double first = Math.max(FIRST * Math.max(1, Search.norm(best)), 100 * last);
            while (true) {
                double before = value;
                stopWhereExhausted();
                boolean regular = method.search(best.clone(), first, last);
                if (before - value <= Math.max(limits.decrement(), noise())) {
                    return end(regular ? Reason.CONVERGED : Reason.NO_PROGRESS);
                }
                first = Math.max(0.01 * first, 100 * last);
            }
        } catch (Stop stop) {
            return end(stop.reason);
        }
    }

    /** What the method sees at {@code x}. */
    double value(double[] x) {
        stopWhereExhausted();
        evaluations++;
        double here = objective.value(x);
        boolean refused = !Double.isFinite(here);
        if (!refused && here < value) {
            System.arraycopy(x, 0, best, 0, best.length);
            value = here;
        }
        highest = refused ? highest : Math.max(highest, here);
        if (++round >= 2 * best.length + 1) {
            round = 0;
            accept();
        }
        return refused ? highest + 1 : here;
    }

    private void stopWhereExhausted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new Stop(Reason.INTERRUPTED);
        }
        if (iterations >= limits.iterations() || evaluations >= limits.evaluations()) {
            throw new Stop(Reason.LIMIT);
        }
    }

    private void accept() {
        if (value < reported) {
            reported = value;
            iterations++;
            listener.accept(new Optimizer.Step(iterations, value, Double.NaN, Double.NaN));
        }
    }

    private Optimum end(Reason reason) {
        accept();
        return new Optimum(best.clone(), value, iterations, evaluations, reason);
    }

    private double noise() {
        return objective.relativeNoise() * Math.abs(value);
    }

    /**
     * With curvature one a step r from a minimum changes the value by {@code ½r²}: a tenth of the step that changes it by the
     * decrement, or the step that changes it by its last bit.
     */
    private double lastStep() {
        return Math.max(0.1 * Math.sqrt(2 * limits.decrement()), Math.sqrt(2 * Math.ulp(value)));
    }
}
