package henderson.api;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A general minimizer. It proposes, evaluates and commits; it never snaps to a boundary and certifies nothing. */
public interface Optimizer {
    /** The name it is registered under. */
    String name();

    /**
     * Minimizes.
     *
     * @param start feasible, not modified
     * @param listener told of every accepted step
     */
    Optimum minimize(Objective objective, double[] start, Limits limits, Consumer<Step> listener);

    /** Why it cannot take this objective (no gradient, one dimension), or null. */
    default @Nullable String refusal(Objective objective) {
        return null;
    }

    /**
     * When to stop.
     *
     * @param iterations  accepted steps at most
     * @param evaluations values at most
     * @param decrement   half of {@code gᵀH⁻¹g} at which a minimum is reached
     */
    record Limits(int iterations, int evaluations, double decrement) {
        /** 200 iterations, 2,000 evaluations, decrement 1e-12. */
        public static final Limits DEFAULT = new Limits(200, 2_000, 1e-12);
    }

    /**
     * An accepted step.
     *
     * @param iteration counted from 0, the start
     * @param value     objective there
     * @param decrement half of {@code gᵀH⁻¹g}, or NaN where the method has none
     * @param radius    trust-region radius or step length, or NaN
     */
    record Step(int iteration, double value, double decrement, double radius) {}

    /**
     * Where it ended.
     *
     * @param x           best point
     * @param value       value there
     * @param iterations  accepted steps
     * @param evaluations values taken
     * @param reason      why it stopped
     */
    record Optimum(double[] x, double value, int iterations, int evaluations, Reason reason) {}

    /** Why a minimizer stopped. */
    enum Reason {
        /** Its own rule for a minimum is met. */
        CONVERGED,
        /** No step makes progress beyond rounding. */
        NO_PROGRESS,
        /** Iterations or evaluations are used up. */
        LIMIT,
        /** Somebody interrupted the thread. */
        INTERRUPTED
    }
}
