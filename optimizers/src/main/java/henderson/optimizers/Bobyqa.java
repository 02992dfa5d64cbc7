package henderson.optimizers;

import henderson.api.Objective;
import henderson.api.Optimizer;
import java.util.function.Consumer;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;
import org.jspecify.annotations.Nullable;

/**
 * Powell's bounded optimization by quadratic approximation, as commons-math has it: values only, two dimensions or more. It
 * is restarted from its result until that gains nothing.
 */
public final class Bobyqa implements Optimizer {
    /** Up to so many coordinates the quadratic model is determined by the values, correlations included. */
    private static final int WHOLE = 10;

    /** The optimizer. */
    public Bobyqa() {}

    @Override
    public String name() {
        return "bobyqa";
    }

    @Override
    public @Nullable String refusal(Objective objective) {
        int n = objective.dimension();
        return n >= BOBYQAOptimizer.MINIMUM_PROBLEM_DIMENSION
                ? null
                : "Optimizer 'bobyqa' needs " + BOBYQAOptimizer.MINIMUM_PROBLEM_DIMENSION
                        + " parameters to search over, and here is " + n + ".";
    }

    @Override
    public Optimum minimize(Objective objective, double[] start, Limits limits, Consumer<Step> listener) {
        SimpleBounds bounds = bounds(objective);
        ValueSearch search = new ValueSearch(objective, start, limits, listener);
        return search.run((x, first, last) -> {
            try {
                new BOBYQAOptimizer(points(x.length), first, last)
                        .optimize(
                                new MaxEval(Integer.MAX_VALUE),
                                new ObjectiveFunction(search::value),
                                GoalType.MINIMIZE,
                                bounds,
                                new InitialGuess(x));
                return true;
            } catch (MathIllegalStateException degenerate) {
                // its points fell into a plane; a restart lays out new ones
                return false;
            }
        });
    }

    /** Enough for a whole quadratic, or where these are many for its diagonal. */
    private static int points(int n) {
        return n <= WHOLE ? (n + 1) * (n + 2) / 2 : 2 * n + 1;
    }

    private static SimpleBounds bounds(Objective objective) {
        int n = objective.dimension();
        double[] lower = new double[n];
        double[] upper = new double[n];
        for (int k = 0; k < n; k++) {
            lower[k] = objective.lower(k);
            upper[k] = objective.upper(k);
        }
        return new SimpleBounds(lower, upper);
    }
}
