package henderson.inference;

import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Registry;
import henderson.equations.Replicator;
import henderson.equations.SequentialClusters;
import henderson.equations.generalized.GeneralizedRefit;
import henderson.equations.linear.LinearRefit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A parametric bootstrap: responses drawn from a fitted model, the model fitted to each.
 *
 * @param fit        what was drawn from
 * @param options    as asked for
 * @param drawn      {@code sufficient statistics} where only what the likelihood sees of a response was drawn, otherwise {@code
 *                   rows}
 * @param quantities fixed effects, variance parameters of each term and the residuals, the same as standard deviations and
 *                   correlations, the log-likelihood
 * @param boundary   replicates whose optimum has a parameter on its boundary
 * @param failures   replicates that ended without an optimum; they are in no number of {@code quantities}
 * @param replicates by replicate: fixed effects, natural parameters in the fit's order, log-likelihood; NaN where it failed. Not
 *                   copied: do not modify.
 * @param endings    how each replicate ended. Not copied.
 */
public record Bootstrap(
        Fit fit,
        BootstrapOptions options,
        String drawn,
        List<BootstrapQuantity> quantities,
        int boundary,
        List<Failure> failures,
        double[][] replicates,
        Replicator.Ending[] endings) {

    /** How a replicate, counted from 0, ended: inside, boundary or failed. */
    public String ending(int replicate) {
        return endings[replicate].name().toLowerCase(Locale.ROOT);
    }

    public Bootstrap {
        quantities = List.copyOf(quantities);
        failures = List.copyOf(failures);
    }

    /**
     * A replicate without an optimum.
     *
     * @param replicate its number, counted from 1; with the seed it can be repeated alone
     */
    public record Failure(int replicate, String reason) {}

    /** Replicates that have numbers. */
    public int fitted() {
        return replicates.length - failures.size();
    }

    /** Names of the columns of {@link #replicates()}. */
    public List<String> columns() {
        List<String> out = new ArrayList<>(fit.model().fixedNames());
        fit.parameters().forEach(p -> out.add(p.name()));
        out.add("logLikelihood");
        return out;
    }

    /**
     * Draws and fits.
     *
     * @param fit   a certified maximum of the likelihood, perhaps read from a file
     * @param model the fitted model with its rows
     * @throws HendersonException for a fit that is no maximum, and for a model whose likelihood is not that of a distribution
     *     to draw from
     */
    public static Bootstrap of(
            Fit fit, Model model, BootstrapOptions options, Registry registry, FitListener listener) {
        requireMaximum(fit, registry);
        requireDistribution(model);
        FitContext context = new Sequential(registry);
        List<Replicator> workers = new ArrayList<>();
        listener.stage("preparing replicates");
        for (int i = 0; i < Math.min(options.threads(), options.replicates()); i++) {
            workers.add(
                    model.family() == null
                            ? LinearRefit.of(fit, model, options.conditional(), context)
                            : GeneralizedRefit.of(fit, model, options.conditional(), context));
        }
        boolean sums = workers.get(0) instanceof LinearRefit linear && linear.drawsSums();
        listener.stage("bootstrap");
        BootstrapRun run = new BootstrapRun(workers, options.replicates(), options.seed());
        run.run(listener);
        List<Failure> failures = new ArrayList<>();
        int boundary = 0;
        for (int r = 0; r < options.replicates(); r++) {
            boundary += run.endings()[r] == Replicator.Ending.BOUNDARY ? 1 : 0;
            if (run.endings()[r] == Replicator.Ending.FAILED) {
                failures.add(new Failure(r + 1, run.reasons()[r]));
            }
        }
        List<BootstrapQuantity> quantities = new BootstrapSummary(fit, options.level(), run.numbers()).quantities();
        return new Bootstrap(
                fit,
                options,
                sums ? "sufficient statistics" : "rows",
                quantities,
                boundary,
                failures,
                run.numbers(),
                run.endings());
    }

    private record Sequential(Registry registry, SequentialClusters clusters, FitListener listener)
            implements FitContext {
        private Sequential(Registry registry) {
            this(registry, new SequentialClusters(), FitListener.SILENT);
        }
    }

    private static void requireMaximum(Fit fit, Registry registry) {
        boolean rough = registry.estimators().containsKey(fit.estimator())
                && !registry.estimator(fit.estimator()).maximizes();
        if (rough) {
            throw new HendersonException(
                    "The fit is by '" + fit.estimator()
                            + "', which ends at no maximum of the likelihood; replicates are fitted by maximum likelihood.",
                    "Maybe fit again without --estimator.");
        }
        if (!fit.convergence().certified()) {
            throw new HendersonException(
                    "The fit is not certified (status " + fit.convergence().status()
                            + "); responses drawn from it would not be those of a maximum of the likelihood.");
        }
    }

    /** Weights of a generalized model multiply its log densities: only as trials are they part of a distribution. */
    private static void requireDistribution(Model model) {
        if (model.family() == null) {
            return;
        }
        if (model.spec().frequencyWeights() != null) {
            throw new HendersonException(
                    "A bootstrap of a model with a family does not take frequency weights: a row that"
                            + " counts often stands for responses that are not drawn one by one.");
        }
        String weights = model.spec().weights();
        boolean trials = false;
        for (int i = 0; i < model.rows() && weights != null && !trials; i++) {
            trials = model.family().trials(i) > 1;
        }
        if (weights != null && !trials) {
            throw new HendersonException("The weights '" + weights + "' multiply log densities of the family '"
                    + model.spec().family() + "': there is no distribution to draw a response from.");
        }
    }
}
