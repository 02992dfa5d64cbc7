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

    /**
     * The fit of a model at the parameters of another fit of it, without a search: every number and the certificate, as they
     * are there. By default it is not offered.
     *
     * @param there a fit of the same model, perhaps read from a file: its β, the coordinates of its random terms, and those of
     *              the family
     * @throws HendersonException where it is not offered, or the parameters are not those of the model
     */
    default Fit at(Model model, Fit there, FitOptions options, FitContext context) {
        throw new HendersonException(
                "The estimator '" + name() + "' does not compute a fit anew at parameters that are given.");
    }
}
