package henderson.api;

import org.jspecify.annotations.Nullable;

/** A way to estimate a model. It owns starts, the active boundary, final steps and the certificate. */
public interface Estimator {
    /** The name it is registered under. */
    String name();

    /** Why it cannot fit this model with these options, or null. */
    @Nullable
    String refusal(Model model, FitOptions options);

    /** Fits. It always returns: the reason for a fit that did not converge is in its {@link Convergence}. */
    Fit fit(Model model, FitOptions options, FitContext context);
}
