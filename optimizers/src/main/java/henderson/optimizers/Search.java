package henderson.optimizers;

import henderson.api.HendersonException;
import henderson.api.Objective;
import henderson.api.Optimizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of a search by gradients: the accepted point with value and gradient, and what was used up of the limits. Steps
 * are proposed by {@link #value}, and committed by {@link #accept}; a refused proposal leaves the accepted point alone.
 */
final class Search {
    private final Objective objective;
    private final Optimizer.Limits limits;
    private final Consumer<Optimizer.Step> listener;
    /** Accepted point, n. */
    final double[] x;
    /** Gradient there, n. */
    final double[] g;
    /** Proposed point, n. */
    final double[] trial;
    /** Gradient there, n, once {@link #gradientOfTrial} was called. */
    final double[] trialGradient;

    double value;
    private int iterations;
    private int evaluations;
    /** Last iteration the listener was told of. */
    private int reported = -1;

    Search(Objective objective, double[] start, Optimizer.Limits limits, Consumer<Optimizer.Step> listener) {
        this.objective = objective;
        this.limits = limits;
        this.listener = listener;
        this.x = start.clone();
        this.g = new double[start.length];
        this.trial = start.clone();
        this.trialGradient = new double[start.length];
        this.value = value();
        gradientOfTrial();
        System.arraycopy(trialGradient, 0, g, 0, g.length);
    }

    /** Why a search by gradients that knows no bounds cannot take the objective, or null. */
    static @Nullable String refusal(String name, Objective objective) {
        String refusal = gradientRefusal(name, objective);
        return refusal != null ? refusal : boundsRefusal(name, objective);
    }

    /** Why a search that needs a gradient cannot take the objective, or null. */
    static @Nullable String gradientRefusal(String name, Objective objective) {
        return objective.differentiable()
                ? null
                : "Optimizer '" + name + "' needs a gradient, and this objective offers none.";
    }

    /** Why a search that knows no bounds cannot take the objective, or null. */
    static @Nullable String boundsRefusal(String name, Objective objective) {
        for (int k = 0; k < objective.dimension(); k++) {
            if (!Double.isInfinite(objective.lower(k)) || !Double.isInfinite(objective.upper(k))) {
                return "Optimizer '" + name + "' takes no bounds, and coordinate " + k + " lies between "
                        + objective.lower(k) + " and " + objective.upper(k) + ".";
            }
        }
        return null;
    }

    Objective objective() {
        return objective;
    }

    int dimension() {
        return x.length;
    }

    /** The value at {@link #trial}. */
    double value() {
        evaluations++;
        return objective.value(trial);
    }

    /** Makes the accepted point the objective's last one again, for its matrices. */
    void returnTo() {
        System.arraycopy(x, 0, trial, 0, x.length);
        value();
    }

    /** The gradient at {@link #trial}, to which the last value belongs; whether it is finite. */
    boolean gradientOfTrial() {
        if (!objective.gradient(trialGradient)) {
            if (iterations == 0 && evaluations == 1 && !Double.isNaN(value)) {
                throw new HendersonException(
                        "The objective offers no gradient at its start.", "Maybe take an optimizer that needs none.");
            }
            return false;
        }
        boolean finite = true;
        for (double d : trialGradient) {
            finite &= Double.isFinite(d);
        }
        return finite;
    }

    /** Makes the proposed point, with its gradient, the accepted one. */
    void accept(double newValue) {
        System.arraycopy(trial, 0, x, 0, x.length);
        System.arraycopy(trialGradient, 0, g, 0, g.length);
        value = newValue;
        iterations++;
    }

    /** Below this a difference of values is rounding. */
    double noise() {
        return objective.relativeNoise() * Math.abs(value);
    }

    /** Tells the listener of the accepted point, once. */
    void report(double decrement, double radius) {
        if (reported < iterations) {
            reported = iterations;
            listener.accept(new Optimizer.Step(iterations, value, decrement, radius));
        }
    }

    /** Why the search must stop now whatever it has, or null. */
    Optimizer.@Nullable Reason exhausted() {
        if (Thread.currentThread().isInterrupted()) {
            return Optimizer.Reason.INTERRUPTED;
        }
        return iterations >= limits.iterations() || evaluations >= limits.evaluations() ? Optimizer.Reason.LIMIT : null;
    }

    /** Whether one more value may be taken. */
    boolean mayEvaluate() {
        return evaluations < limits.evaluations() && !Thread.currentThread().isInterrupted();
    }

    double decrementWanted() {
        return limits.decrement();
    }

    Optimizer.Optimum end(Optimizer.Reason reason) {
        return new Optimizer.Optimum(x.clone(), value, iterations, evaluations, reason);
    }

    double norm() {
        return norm(x);
    }

    static double norm(double[] a) {
        double sum = 0;
        for (double v : a) {
            sum = Math.hypot(sum, v);
        }
        return sum;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
