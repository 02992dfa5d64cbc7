package henderson.glmm;

import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.equations.generalized.FixedFit;
import henderson.equations.generalized.GeneralizedProblem;
import henderson.equations.generalized.GivenEnd;
import henderson.equations.generalized.JointObjective;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Penalized quasi-likelihood: a rough method, which maximizes no likelihood, and a place to start from. The log-likelihood it
 * reports is Laplace's approximation at its estimates, and so are its standard errors; every fit says so, and is never
 * certified.
 */
public final class Pql implements Estimator {
    private static final String REASON = "penalized quasi-likelihood is not maximum likelihood";

    /** The estimator. */
    public Pql() {}

    @Override
    public String name() {
        return "pql";
    }

    @Override
    public boolean maximizes() {
        return false;
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
        if (options.integration() != null && !options.integration().equals("laplace") || options.points() > 1) {
            return "it integrates nothing, and integration '"
                    + (options.integration() == null ? options.points() + " points" : options.integration())
                    + "' was asked for";
        }
        if (model.random().isEmpty()) {
            return "it is for models with random effects";
        }
        if (!Objects.requireNonNull(model.family()).auxiliaries().isEmpty()) {
            return "it has no way to estimate the family's own parameters ("
                    + model.family().auxiliaries().get(0).name() + ")";
        }
        return null;
    }

    @Override
    public Fit fit(Model model, FitOptions options, FitContext context) {
        GeneralizedProblem problem = GeneralizedProblem.of(model, options.withIntegration("laplace"), context);
        FixedFit fixed = FixedFit.of(model, options, context);
        context.listener().stage("penalized quasi-likelihood");
        double[] beta = problem.parameters().beta(fixed.beta());
        QuasiLikelihood quasi = new QuasiLikelihood(model, problem.parameters(), beta, options, context);
        context.listener().stage("standard errors");
        String reason = quasi.settled()
                ? REASON
                : "penalized quasi-likelihood did not settle within " + options.iterations() + " iterations";
        GivenEnd end = new GivenEnd(
                new JointObjective(problem.parameters(), problem.rule()),
                quasi.point(),
                QuasiLikelihood.LINEAR,
                quasi.history(),
                false,
                reason);
        problem.note(new Fit.Note(
                "pql",
                String.format(
                        Locale.ROOT,
                        "Penalized quasi-likelihood is not maximum likelihood: variances are too small where groups hold"
                                + " little information. The log-likelihood and the standard errors are those of Laplace's"
                                + " approximation at these estimates; the dispersion of the working model is %.4g.",
                        quasi.dispersion())));
        return problem.fit(name(), end);
    }

    @Override
    public Fit at(Model model, Fit there, FitOptions options, FitContext context) {
        return GeneralizedProblem.at(name(), false, REASON, model, there, options, context);
    }
}
