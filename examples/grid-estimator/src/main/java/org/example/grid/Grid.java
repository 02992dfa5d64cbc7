package org.example.grid;

import henderson.api.BoundStructure;
import henderson.api.Criterion;
import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Term;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood and REML of models with one random effect per level, by a grid over {@code λ = var(b)/σ²} that no local
 * optimum escapes, then Newton's steps. It stands on the API alone.
 */
public final class Grid implements Estimator {
    @Override
    public String name() {
        return "grid";
    }

    @Override
    public @Nullable String refusal(Model model, FitOptions options) {
        if (model.family() != null || model.residual() != null) {
            return "it fits linear models with independent residuals";
        }
        if (options.optimizer() != null) {
            return "it searches by itself and takes no optimizer";
        }
        if (model.random().size() != 1) {
            return "it fits one random term; this model has " + model.random().size();
        }
        Term term = model.random().get(0);
        BoundStructure structure = term.structure();
        if (term.columns().size() != 1
                || term.precision() != null
                || structure.coordinates().size() != 1
                || !structure.naturals().get(0).symbol().equals("var")) {
            return "it fits one variance, of one effect for each independent level; this model has " + term;
        }
        return null;
    }

    @Override
    public Fit fit(Model model, FitOptions options, FitContext context) {
        long begin = System.nanoTime();
        Sums sums = new Sums(model);
        if (options.criterion() == Criterion.REML && sums.n <= sums.p) {
            throw new HendersonException("REML needs more rows than fixed effects; there are " + (long) sums.n
                    + " rows and " + sums.p + " columns.");
        }
        Search search = new Search(sums, options, context.listener()::step);
        Profile optimum = search.run();
        return new Assembly(model, options, sums, search, optimum).fit(name(), begin);
    }
}
