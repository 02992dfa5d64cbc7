package henderson.optimizers;

import henderson.api.Objective;
import henderson.api.Optimizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sequential quadratic programming: each step is the minimum of the quadratic model in a box about the point, cut with the
 * bounds, by ojAlgo's solver of convex quadratic programs (ojAlgo has none for general objectives). The model's matrix is
 * {@link Objective#information}, made positive definite; where it lowers the decrement too slowly {@link Objective#hessian};
 * where the objective offers neither, what is learned from gradients. It needs a gradient and takes bounds.
 */
public final class OjAlgoSqp implements Optimizer {
    /** The optimizer. */
    public OjAlgoSqp() {}

    @Override
    public String name() {
        return "ojalgo-sqp";
    }

    @Override
    public @Nullable String refusal(Objective objective) {
        return Search.gradientRefusal(name(), objective);
    }

    @Override
    public Optimum minimize(Objective objective, double[] start, Limits limits, Consumer<Step> listener) {
        Search search = new Search(objective, start, limits, listener);
        return search.end(Double.isNaN(search.value) ? Reason.NO_PROGRESS : new SqpRun(search).run());
    }
}
