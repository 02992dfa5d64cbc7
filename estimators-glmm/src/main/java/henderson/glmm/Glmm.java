package henderson.glmm;

import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.api.Optimizer;
import henderson.equations.generalized.Approximation;
import henderson.equations.generalized.GeneralizedProblem;
import henderson.equations.generalized.JointObjective;
import henderson.equations.generalized.JointParameters;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood of generalized linear mixed models, random effects integrated out by Laplace's approximation or by
 * quadrature, over (β, τ, φ) jointly by a trust-region method on the exact gradient (theory, sections 16 and 18).
 */
public final class Glmm implements Estimator {
    /** Used unless another optimizer is asked for. */
    static final String OPTIMIZER = "trust-region-newton";

    /** The estimator. */
    public Glmm() {}

    @Override
    public String name() {
        return "glmm";
    }

    @Override
    public @Nullable String refusal(Model model, FitOptions options) {
        return GeneralizedProblem.refusal(model, options);
    }

    @Override
    public Fit fit(Model model, FitOptions options, FitContext context) {
        GeneralizedProblem problem = GeneralizedProblem.of(model, options, context);
        GlmmSearch search = search(problem.parameters(), problem.rule(), options, context);
        search.without(problem.withoutRandomEffects());
        search.run(problem.start(), problem.startInformation());
        while (!search.limit() && problem.refined(search)) {
            double[] here = search.point();
            search = search(problem.parameters(), problem.rule(), options, context);
            search.run(here, null);
        }
        context.listener().stage("standard errors");
        search.finish();
        return problem.fit(name(), search);
    }

    @Override
    public Fit at(Model model, Fit there, FitOptions options, FitContext context) {
        return GeneralizedProblem.at(name(), true, "the certificate does not hold", model, there, options, context);
    }

    private static GlmmSearch search(
            JointParameters parameters, Approximation rule, FitOptions options, FitContext context) {
        Optimizer own = context.registry().optimizer(OPTIMIZER);
        Optimizer optimizer =
                options.optimizer() == null ? own : context.registry().optimizer(options.optimizer());
        return new GlmmSearch(new JointObjective(parameters, rule), optimizer, own, options, context.listener());
    }
}
