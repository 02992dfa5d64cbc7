package henderson.newton;

import henderson.api.Criterion;
import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Optimizer;
import henderson.api.Term;
import henderson.equations.Evaluation;
import henderson.equations.LinearEquations;
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
        if (model.family() != null) {
            return "it fits linear models; this one has a family and a link";
        }
        if (model.residual() != null) {
            return "it fits independent residuals; this model has a residual structure '"
                    + model.residual().structureName() + "'";
        }
        for (Term term : model.random()) {
            if (term.precision() != null) {
                return "it fits independent levels; those of '" + term.group() + "' have a known precision";
            }
        }
        return null;
    }

    @Override
    public Fit fit(Model model, FitOptions options, FitContext context) {
        long begin = System.nanoTime();
        LinearEquations equations = LinearEquations.of(model, context.listener());
        double reading = seconds(begin);
        if (options.criterion() == Criterion.REML && equations.n() <= equations.p()) {
            throw new HendersonException("REML needs more rows than fixed effects; there are " + (long) equations.n()
                    + " rows and " + equations.p() + " columns.");
        }
        Evaluation evaluation = new Evaluation(equations, options.criterion(), context.clusters());
        Parameters parameters = new Parameters(model);
        UnidentifiedCheck.run(parameters, equations);
        DevianceObjective objective = new DevianceObjective(parameters, evaluation);
        Optimizer own = context.registry().optimizer(OPTIMIZER);
        Optimizer optimizer =
                options.optimizer() == null ? own : context.registry().optimizer(options.optimizer());
        long searchBegin = System.nanoTime();
        Search search = new Search(parameters, objective, optimizer, own, options, context.listener());
        search.run();
        double searching = seconds(searchBegin);
        return new Assembly(model, options, name(), optimizer.name(), parameters, objective, search)
                .fit(reading, searching, begin);
    }

    static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }
}
