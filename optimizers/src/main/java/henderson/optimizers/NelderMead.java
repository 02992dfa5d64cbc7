package henderson.optimizers;

import henderson.api.Objective;
import henderson.api.Optimizer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.AbstractSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.jspecify.annotations.Nullable;

/**
 * The simplex method of Nelder and Mead on commons-math, its coefficients adapted to the dimension (Gao and Han 2012). It
 * ends when the simplex, not the spread of its values, is small, and is restarted from its result until that gains nothing.
 */
public final class NelderMead implements Optimizer {
    /** The optimizer. */
    public NelderMead() {}

    @Override
    public String name() {
        return "nelder-mead";
    }

    @Override
    public @Nullable String refusal(Objective objective) {
        return Search.boundsRefusal(name(), objective);
    }

    @Override
    public Optimum minimize(Objective objective, double[] start, Limits limits, Consumer<Step> listener) {
        ValueSearch search = new ValueSearch(objective, start, limits, listener);
        return search.run((x, first, last) -> {
            AbstractSimplex simplex = simplex(x.length, first);
            new SimplexOptimizer((iteration, before, after) -> size(simplex) <= last)
                    .optimize(
                            new MaxEval(Integer.MAX_VALUE),
                            new ObjectiveFunction(search::value),
                            GoalType.MINIMIZE,
                            new InitialGuess(x),
                            simplex);
            return true;
        });
    }

    private static AbstractSimplex simplex(int n, double side) {
        double[] sides = new double[n];
        Arrays.fill(sides, side);
        double m = Math.max(n, 2);
        return new NelderMeadSimplex(sides, 1, 1 + 2 / m, 0.75 - 0.5 / m, 1 - 1 / m);
    }

    /** The farthest any coordinate of any corner is from the best corner's. */
    private static double size(AbstractSimplex simplex) {
        PointValuePair[] corners = simplex.getPoints();
        double[] best = corners[0].getPointRef();
        double out = 0;
        for (PointValuePair corner : corners) {
            for (int k = 0; k < best.length; k++) {
                out = Math.max(out, Math.abs(corner.getPointRef()[k] - best[k]));
            }
        }
        return out;
    }
}
