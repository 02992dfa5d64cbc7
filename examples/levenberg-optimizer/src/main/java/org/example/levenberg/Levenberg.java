package org.example.levenberg;

import henderson.api.Objective;
import henderson.api.Optimizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method with Levenberg's damping: {@code (H + μI)p = −g}, where H is the step matrix the objective offers. The
 * damping μ grows until a step descends and shrinks after each that did.
 */
public final class Levenberg implements Optimizer {
    @Override
    public String name() {
        return "levenberg";
    }

    @Override
    public @Nullable String refusal(Objective objective) {
        if (!objective.differentiable()) {
            return "Optimizer 'levenberg' needs a gradient, and this objective offers none.";
        }
        for (int k = 0; k < objective.dimension(); k++) {
            if (!Double.isInfinite(objective.lower(k)) || !Double.isInfinite(objective.upper(k))) {
                return "Optimizer 'levenberg' takes no bounds, and coordinate " + k + " has them.";
            }
        }
        return null;
    }

    @Override
    public Optimum minimize(Objective objective, double[] start, Limits limits, Consumer<Step> listener) {
        Point here = Point.of(objective, start);
        double damping = 0;
        int iterations = 0;
        int evaluations = 1;
        double lastNoisy = Double.POSITIVE_INFINITY;
        double[] p = new double[start.length];
        double decrement = here.step(0, p);
        listener.accept(new Step(0, here.value, decrement, Double.NaN));
        while (true) {
            double noise = objective.relativeNoise() * Math.abs(here.value);
            if (decrement <= limits.decrement()) {
                return here.end(iterations, evaluations, Reason.CONVERGED);
            }
            if (decrement <= noise) {
                if (decrement > lastNoisy / 2) {
                    return here.end(iterations, evaluations, Reason.NO_PROGRESS);
                }
                lastNoisy = decrement; // values cannot judge these steps: the decrement must fall
            }
            Point next = here;
            while (next == here) {
                if (Thread.currentThread().isInterrupted()) {
                    return here.end(iterations, evaluations, Reason.INTERRUPTED);
                }
                if (iterations >= limits.iterations() || evaluations >= limits.evaluations()) {
                    return here.end(iterations, evaluations, Reason.LIMIT);
                }
                here.step(damping, p);
                double[] trial = here.plus(p);
                if (trial == here.x) {
                    return here.end(iterations, evaluations, Reason.NO_PROGRESS);
                }
                double value = objective.value(trial);
                evaluations++;
                if (value < here.value || decrement <= noise && value <= here.value + noise) {
                    next = Point.at(objective, trial, value);
                    damping = damping > here.smallestDamping() ? damping / 10 : 0;
                } else {
                    damping = Math.max(here.smallestDamping(), 10 * damping);
                }
            }
            here = next;
            iterations++;
            decrement = here.step(0, p);
            listener.accept(new Step(iterations, here.value, decrement, Double.NaN));
        }
    }
}
