package henderson.api;

import org.jspecify.annotations.Nullable;

/** A way to estimate a model. It owns starts, the active boundary, final steps and the certificate. */
public interface Estimator {
    /** The name it is registered under. */
    String name();

    /** Why it cannot fit this model with these options, or null. */
    @Nullable
    String refusal(Model model, FitOptions options);

    /** Whether it ends at a maximum of the likelihood; a rough method does not, and is not compared with those that do. */
    default boolean maximizes() {
        return true;
    }

    /** Fits. It always returns: the reason for a fit that did not converge is in its {@link Convergence}. */
    Fit fit(Model model, FitOptions options, FitContext context);
}
