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
 * @param limited    whether {@code iterations} was asked for; otherwise an estimator may have a limit of its own
 * @param integration how random effects are integrated out of a model that is not linear, such as {@code laplace}, or null
 *                   for the estimator's own choice
 * @param points     nodes of a quadrature for each random effect, ≥ 1; 0 for the method's own number
 */
public record FitOptions(
        Criterion criterion,
        @Nullable String estimator,
        @Nullable String optimizer,
        int iterations,
        double tolerance,
        int threads,
        boolean limited,
        @Nullable String integration,
        int points) {
    /** Maximum likelihood by the default estimator. */
    public static final FitOptions DEFAULT = new FitOptions(Criterion.ML, null, null, 200, 1e-12, 1, false, null, 0);

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
        if (points < 0) {
            throw new HendersonException(
                    "The number of integration points is " + points + "; it must be 1 or more.",
                    "Maybe 7, the usual number.");
        }
    }

    /** With a limit that is asked for. */
    public FitOptions(
            Criterion criterion,
            @Nullable String estimator,
            @Nullable String optimizer,
            int iterations,
            double tolerance,
            int threads) {
        this(criterion, estimator, optimizer, iterations, tolerance, threads, true, null, 0);
    }

    /** The limit that was asked for, or the estimator's own. */
    public int iterationsOr(int own) {
        return limited ? iterations : own;
    }

    public FitOptions withCriterion(Criterion c) {
        return new FitOptions(c, estimator, optimizer, iterations, tolerance, threads, limited, integration, points);
    }

    public FitOptions withEstimator(@Nullable String name) {
        return new FitOptions(criterion, name, optimizer, iterations, tolerance, threads, limited, integration, points);
    }

    public FitOptions withOptimizer(@Nullable String name) {
        return new FitOptions(criterion, estimator, name, iterations, tolerance, threads, limited, integration, points);
    }

    public FitOptions withIterations(int n) {
        return new FitOptions(criterion, estimator, optimizer, n, tolerance, threads, true, integration, points);
    }

    public FitOptions withTolerance(double t) {
        return new FitOptions(criterion, estimator, optimizer, iterations, t, threads, limited, integration, points);
    }

    public FitOptions withThreads(int n) {
        return new FitOptions(criterion, estimator, optimizer, iterations, tolerance, n, limited, integration, points);
    }

    public FitOptions withIntegration(@Nullable String name) {
        return new FitOptions(criterion, estimator, optimizer, iterations, tolerance, threads, limited, name, points);
    }

    public FitOptions withPoints(int n) {
        return new FitOptions(criterion, estimator, optimizer, iterations, tolerance, threads, limited, integration, n);
    }
}
