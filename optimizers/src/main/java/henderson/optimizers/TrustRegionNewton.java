package henderson.optimizers;

import henderson.api.Objective;
import henderson.api.Optimizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method in a trust region. The step matrix is {@link Objective#information}, its eigenvalues taken by absolute
 * value; the subproblem is solved exactly by its secular equation in the eigenbasis. Once three steps lower the decrement
 * {@code ½gᵀH⁻¹g} by less than a hundred times, {@link Objective#hessian} takes its place. It stops on the decrement, never
 * on changes of the value; where the predicted reduction drowns in rounding, steps are judged by the decrement. When no
 * step is left, or no matrix is offered, {@link Bfgs} goes on from there.
 */
public final class TrustRegionNewton implements Optimizer {
    /** The optimizer. */
    public TrustRegionNewton() {}

    @Override
    public String name() {
        return "trust-region-newton";
    }

    @Override
    public @Nullable String refusal(Objective objective) {
        return Search.refusal(name(), objective);
    }

    @Override
    public Optimum minimize(Objective objective, double[] start, Limits limits, Consumer<Step> listener) {
        Search search = new Search(objective, start, limits, listener);
        if (Double.isNaN(search.value)) {
            return search.end(Reason.NO_PROGRESS);
        }
        Reason reason = new NewtonRun(search).run();
        return reason == null
                ? new QuasiNewtonRun(search, new DenseInverse(search.dimension())).run()
                : search.end(reason);
    }
}
