package henderson.optimizers;

import henderson.api.Objective;
import henderson.api.Optimizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@link Bfgs} that remembers its last {@value #MEMORY} updates only, for very many coordinates. With as many coordinates as
 * it remembers updates, or fewer, it takes about as many steps.
 */
public final class LimitedMemoryBfgs implements Optimizer {
    private static final int MEMORY = 10;

    /** The optimizer. */
    public LimitedMemoryBfgs() {}

    @Override
    public String name() {
        return "l-bfgs";
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
        return new QuasiNewtonRun(search, new LimitedInverse(search.dimension(), MEMORY)).run();
    }
}
