package henderson.glmm;

import henderson.api.Criterion;
import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.Model;
import henderson.api.Optimizer;
import henderson.api.Term;
import henderson.equations.generalized.Approximation;
import henderson.equations.generalized.Approximations;
import henderson.equations.generalized.Integration;
import henderson.equations.generalized.JointObjective;
import henderson.equations.generalized.JointParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood of generalized linear mixed models, random effects integrated out by Laplace's approximation or by
 * quadrature, over (β, τ, φ) jointly by a trust-region method on the exact gradient (theory, sections 16 and 18).
 */
public final class Glmm implements Estimator {
    /** Used unless another optimizer is asked for. */
    static final String OPTIMIZER = "trust-region-newton";
    /** The name that refines a quadrature until the log-likelihood stays. */
    static final String AUTO = "auto";

    private static final double SAME = 1e-6;
    private static final int MOST_POINTS = 51;

    /** The estimator. */
    public Glmm() {}

    @Override
    public String name() {
        return "glmm";
    }

    @Override
    public @Nullable String refusal(Model model, FitOptions options) {
        if (model.family() == null) {
            return "it fits models with a family and a link; this one is linear";
        }
        if (options.criterion() == Criterion.REML) {
            return "REML is for linear models; generalized ones are fitted by maximum likelihood";
        }
        if (model.residual() != null) {
            return "a residual structure '" + model.residual().structureName()
                    + "' cannot stand beside a family and a link";
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
        List<Fit.Note> notes = new ArrayList<>();
        boolean nested = Approximations.nested(model);
        boolean auto = AUTO.equals(options.integration());
        Integration integration = integration(model, options, nested, notes);
        context.listener().stage("starting values");
        FixedFit fixed = FixedFit.of(model, options, context);
        JointParameters parameters = new JointParameters(model);
        Approximation start = Approximations.of(model, Integration.LAPLACE, context.clusters());
        double[] point = RandomStart.of(parameters, start, fixed);
        Approximation rule = integration.equals(Integration.LAPLACE)
                ? start
                : Approximations.like(start, model, integration, context.clusters());
        GlmmSearch search = search(parameters, rule, options, context);
        search.run(point);
        while (auto && nested && integration.points() < MOST_POINTS && !search.limit()) {
            double change = IntegrationError.change(search, model, integration.next(), context);
            if (Math.abs(change) < SAME) {
                break;
            }
            integration = new Integration(Integration.Method.AGQ, Math.min(MOST_POINTS, 2 * integration.points() + 1));
            double[] here = search.point();
            search = search(
                    parameters, Approximations.like(rule, model, integration, context.clusters()), options, context);
            search.run(here);
        }
        if (auto && nested) {
            notes.add(new Fit.Note("integration", "Integration 'auto' settled on " + integration + "."));
        }
        if (!rule.grid().isEmpty()) {
            notes.add(new Fit.Note(
                    "pruned-grid", "Nodes of negligible weight are left out: " + rule.grid() + " remain."));
        }
        context.listener().stage("standard errors");
        search.finish();
        context.listener().stage("integration error");
        Fit.Integrated integrated = IntegrationError.of(search, model, integration, nested, context);
        warn(integrated, notes);
        return new GlmmAssembly(model, options, search, fixed, integrated, notes).fit(name(), begin);
    }

    private static GlmmSearch search(
            JointParameters parameters, Approximation rule, FitOptions options, FitContext context) {
        Optimizer own = context.registry().optimizer(OPTIMIZER);
        Optimizer optimizer =
                options.optimizer() == null ? own : context.registry().optimizer(options.optimizer());
        return new GlmmSearch(new JointObjective(parameters, rule), optimizer, own, options, context.listener());
    }

    private static Integration integration(Model model, FitOptions options, boolean nested, List<Fit.Note> notes) {
        String name = options.integration();
        if (name == null || name.equals(AUTO)) {
            boolean stata = model.spec().language() == Language.STATA;
            if (!nested) {
                if (stata || AUTO.equals(name)) {
                    notes.add(new Fit.Note("integration", "Crossed random effects: using Laplace's approximation."));
                }
                if (options.points() > 1) {
                    throw new HendersonException(
                            options.points()
                                    + " integration points were asked for, but the grouping factors are crossed.",
                            "Maybe leave out the points: crossed random effects take 'laplace'.");
                }
                return Integration.LAPLACE;
            }
            if (AUTO.equals(name)) {
                return Integration.of("agq", options.points());
            }
            if (stata) {
                return Integration.of(options.points() == 1 ? "agq" : "mvaghermite", options.points());
            }
            return options.points() > 1 ? Integration.of("agq", options.points()) : Integration.LAPLACE;
        }
        return Integration.of(name, options.points());
    }

    private static void warn(Fit.Integrated integrated, List<Fit.Note> notes) {
        if (integrated.shift() > 0.1) {
            notes.add(new Fit.Note(
                    "integration-error",
                    String.format(
                            Locale.ROOT,
                            "Under the next rule (%s, %d points) the estimate of %s moves by %.2f standard errors, the"
                                    + " log-likelihood by %.3g: the integration is too coarse.",
                            integrated.nextMethod(),
                            integrated.nextPoints(),
                            integrated.shifted(),
                            integrated.shift(),
                            integrated.change())));
        }
    }
}
