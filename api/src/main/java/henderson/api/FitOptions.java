package henderson.api;

import org.jspecify.annotations.Nullable;

/**
 * How to fit.
 *
 * @param criterion  ML or REML
 * @param estimator  its name, or null for the default
 * @param optimizer  its name, or null for the estimator's own
 * @param iterations accepted steps at most, ≥ 0
 * @param tolerance  Newton decrement at which a fit is done, &gt; 0
 * @param threads    threads for sums over clusters, ≥ 1; the result does not depend on it
 */
public record FitOptions(
        Criterion criterion,
        @Nullable String estimator,
        @Nullable String optimizer,
        int iterations,
        double tolerance,
        int threads) {
    /** Maximum likelihood by the default estimator. */
    public static final FitOptions DEFAULT = new FitOptions(Criterion.ML, null, null, 200, 1e-12, 1);

    public FitOptions {
        if (iterations < 0) {
            throw new HendersonException("The iteration limit is " + iterations + "; it must be 0 or more.");
        }
        if (!(tolerance > 0)) {
            throw new HendersonException("The tolerance is " + tolerance + "; it must be positive.");
        }
        if (threads < 1) {
            throw new HendersonException("The number of threads is " + threads + "; it must be 1 or more.");
        }
    }

    public FitOptions withCriterion(Criterion c) {
        return new FitOptions(c, estimator, optimizer, iterations, tolerance, threads);
    }

    public FitOptions withEstimator(@Nullable String name) {
        return new FitOptions(criterion, name, optimizer, iterations, tolerance, threads);
    }

    public FitOptions withOptimizer(@Nullable String name) {
        return new FitOptions(criterion, estimator, name, iterations, tolerance, threads);
    }

    public FitOptions withIterations(int n) {
        return new FitOptions(criterion, estimator, optimizer, n, tolerance, threads);
    }

    public FitOptions withTolerance(double t) {
        return new FitOptions(criterion, estimator, optimizer, iterations, t, threads);
    }

    public FitOptions withThreads(int n) {
        return new FitOptions(criterion, estimator, optimizer, iterations, tolerance, n);
    }
}
