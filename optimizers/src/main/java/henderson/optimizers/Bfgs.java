package henderson.optimizers;

import henderson.api.Objective;
import henderson.api.Optimizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The method of Broyden, Fletcher, Goldfarb and Shanno on the inverse Hessian, with a line search for the weak conditions
 * of Wolfe that turns to slopes alone where values drown in rounding. It needs a gradient and nothing else.
 */
public final class Bfgs implements Optimizer {
    /** The optimizer. */
    public Bfgs() {}

    @Override
    public String name() {
        return "bfgs";
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
        return new QuasiNewtonRun(search, new DenseInverse(search.dimension())).run();
    }
}
