package henderson.newton;

import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.api.Optimizer;
import henderson.equations.linear.LinearEnd;
import henderson.equations.linear.LinearProblem;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood and REML of linear mixed models by a trust-region Newton method on the profiled objective, with snap
 * and release at the boundary and a certificate (theory, sections 7 to 11).
 */
public final class Newton implements Estimator {
    /** Used unless another optimizer is asked for. */
    static final String OPTIMIZER = "trust-region-newton";

    /** The estimator. */
    public Newton() {}

    @Override
    public String name() {
        return "newton";
    }

    @Override
    public @Nullable String refusal(Model model, FitOptions options) {
        return LinearProblem.refusal(model);
    }

    @Override
    public Fit fit(Model model, FitOptions options, FitContext context) {
        LinearProblem problem = LinearProblem.of(model, options, context);
        Optimizer own = context.registry().optimizer(OPTIMIZER);
        Optimizer optimizer =
                options.optimizer() == null ? own : context.registry().optimizer(options.optimizer());
        long begin = System.nanoTime();
        LinearEnd end = new Search(problem, optimizer, own, options, context.listener()).run();
        return problem.fit(name(), optimizer.name(), end, LinearProblem.seconds(begin));
    }
}
