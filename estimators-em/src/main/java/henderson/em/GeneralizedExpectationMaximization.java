package henderson.em;

import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.equations.generalized.Approximations;
import henderson.equations.generalized.GeneralizedProblem;
import henderson.equations.generalized.Posterior;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood of generalized linear mixed models with nested grouping factors by expectation-maximization, the E-step by
 * Gauss–Hermite quadrature (theory, section "EM for generalized models"). It ends at the maximum of the approximation that the
 * integration names, as {@code glmm} does, and takes no step of a search on it.
 */
public final class GeneralizedExpectationMaximization implements Estimator {
    /** Nodes per random effect of the E-step, where the integration itself has fewer. */
    static final int POINTS = 7;
    /** Grids of the E-step with more random effects than this have three nodes each. */
    private static final int WIDE = 4;

    /** The estimator. */
    public GeneralizedExpectationMaximization() {}

    @Override
    public String name() {
        return "em-glmm";
    }

    @Override
    public @Nullable String refusal(Model model, FitOptions options) {
        String general = GeneralizedProblem.refusal(model, options);
        if (general != null) {
            return general;
        }
        if (options.optimizer() != null) {
            return "it uses no optimizer, and '" + options.optimizer() + "' was asked for";
        }
        if (!Approximations.nested(model)) {
            return "its E-step is a quadrature, which needs nested grouping factors, and those of this model are crossed"
                    + " (maybe take 'glmm', which has Laplace's approximation for them)";
        }
        return null;
    }

    @Override
    public Fit fit(Model model, FitOptions options, FitContext context) {
        GeneralizedProblem problem = GeneralizedProblem.of(model, options, context);
        int width = model.random().stream().mapToInt(t -> t.columns().size()).sum();
        int points = Math.max(problem.integration().points(), width > WIDE ? 3 : POINTS);
        Posterior posterior = new Posterior(model, points, context.clusters());
        int limit = options.iterationsOr(ExpectationMaximization.ITERATIONS);
        double[] from = problem.start();
        GeneralizedEmSearch search;
        do {
            search = new GeneralizedEmSearch(problem, posterior, options.tolerance(), limit, context.listener());
            search.run(from);
            from = search.point();
        } while (!search.ended() && problem.refined(search));
        search.finish();
        return problem.fit(name(), search);
    }

    @Override
    public Fit at(Model model, Fit there, FitOptions options, FitContext context) {
        return GeneralizedProblem.at(name(), true, "the certificate does not hold", model, there, options, context);
    }
}
