package henderson.equations.generalized;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.Model;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A generalized linear mixed model ready to be searched: the rule of integration settled, the fit without random effects and a
 * starting point at hand. What every estimator of generalized models shares is around it: {@link JointBoundary} goes to the
 * boundary and leaves it, {@link JointCurvature} is the evidence, {@link #fit} puts the numbers together.
 */
public final class GeneralizedProblem {
    /** The name that refines a quadrature until the log-likelihood stays. */
    private static final String AUTO = "auto";

    private static final double SAME = 1e-6;
    private static final int MOST_POINTS = 51;

    private final Model model;
    private final FitOptions options;
    private final FitContext context;
    private final long begin = System.nanoTime();
    private final List<Fit.Note> notes = new ArrayList<>();
    private final boolean nested;
    private final boolean auto;
    private final FixedFit fixed;
    private final JointParameters parameters;
    private final double[] start;
    private final @Nullable PilotFit pilot;
    private Integration integration;
    private Approximation rule;

    private GeneralizedProblem(Model model, FitOptions options, FitContext context) {
        this.model = model;
        this.options = options;
        this.context = context;
        this.nested = Approximations.nested(model);
        this.auto = nested && AUTO.equals(options.integration());
        this.integration = integration(model, options, nested, notes);
        context.listener().stage("starting values");
        this.fixed = FixedFit.of(model, options, context);
        this.parameters = new JointParameters(model);
        Approximation laplace = Approximations.of(model, Integration.LAPLACE, context.clusters());
        this.rule = integration.equals(Integration.LAPLACE)
                ? laplace
                : Approximations.like(laplace, model, integration, context.clusters());
        this.pilot = pilot(laplace);
        this.start = pilot == null ? RandomStart.of(parameters, laplace, fixed) : pilot.point();
        if (!rule.grid().isEmpty()) {
            notes.add(new Fit.Note(
                    "pruned-grid", "Nodes of negligible weight are left out: " + rule.grid() + " remain."));
        }
    }

    /** A fit of a part of the clusters, where that is better for all of them than no random effects are. */
    private @Nullable PilotFit pilot(Approximation laplace) {
        Approximation part = laplace.part();
        if (part == null) {
            return null;
        }
        double[] first = RandomStart.first(parameters, new JointObjective(parameters, part), fixed);
        PilotFit out = PilotFit.of(parameters, rule, first, context);
        boolean better =
                out != null && new JointObjective(parameters, rule).at(out.point()) < -2 * fixed.logLikelihood();
        return better ? out : null;
    }

    /** Why a model is not a generalized one that these equations take, or null. */
    public static @Nullable String refusal(Model model, FitOptions options) {
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

    /**
     * Reads a model and finds where to start.
     *
     * @throws HendersonException where predictors separate the response, and for a rule the model cannot be integrated by
     */
    public static GeneralizedProblem of(Model model, FitOptions options, FitContext context) {
        return new GeneralizedProblem(model, options, context);
    }

    /**
     * A fit at the parameters of another one, see {@link henderson.api.Estimator#at}.
     *
     * @param estimator registered name
     * @param optimal   whether such a fit is a maximum of the likelihood
     * @param reason    why it is none, where its certificate does not hold
     */
    public static Fit at(
            String estimator,
            boolean optimal,
            String reason,
            Model model,
            Fit there,
            FitOptions options,
            FitContext context) {
        long begin = System.nanoTime();
        Fit.Integrated rule = there.integrated();
        if (rule == null) {
            throw new HendersonException(
                    "The fit is of a linear model; '" + estimator + "' computes generalized ones.");
        }
        JointParameters parameters = new JointParameters(model);
        double[] point = parameters.point(
                there.beta(),
                there.random().stream().map(Fit.RandomEstimate::tau).toList(),
                rule.phi());
        Integration integration = Integration.of(rule.method(), rule.points());
        Approximation approximation = Approximations.of(model, integration, context.clusters());
        GeneralizedEnd end = new GivenEnd(
                new JointObjective(parameters, approximation),
                point,
                there.optimizer(),
                there.history(),
                optimal,
                reason);
        FixedFit fixed = FixedFit.of(model, options, context);
        Fit.Integrated error = IntegrationError.of(end, model, integration, Approximations.nested(model), context);
        return new GlmmAssembly(model, options, end, fixed, error, new ArrayList<>()).fit(estimator, begin);
    }

    /** The coordinates. */
    public JointParameters parameters() {
        return parameters;
    }

    /** The rule of integration. */
    public Integration integration() {
        return integration;
    }

    /** The approximation by that rule. */
    public Approximation rule() {
        return rule;
    }

    /** A step matrix for {@link #start}, or null where none is known. */
    public @Nullable DMatrixRMaj startInformation() {
        return pilot == null ? null : pilot.information();
    }

    /** {@code −2 log L} without random effects. */
    public double withoutRandomEffects() {
        return -2 * fixed.logLikelihood();
    }

    /** Where a search may begin. */
    public double[] start() {
        return start.clone();
    }

    /** Whether the choice {@code auto} asks for a finer rule than that of a search; it has then taken the place of the old one. */
    public boolean refined(GeneralizedEnd search) {
        if (!auto || integration.points() >= MOST_POINTS) {
            return false;
        }
        double change = IntegrationError.change(search, model, integration.next(), context);
        if (Math.abs(change) < SAME) {
            return false;
        }
        integration = new Integration(Integration.Method.AGQ, Math.min(MOST_POINTS, 2 * integration.points() + 1));
        rule = Approximations.like(rule, model, integration, context.clusters());
        return true;
    }

    /** Something to be said beside the numbers. */
    public void note(Fit.Note note) {
        notes.add(note);
    }

    /**
     * The numbers of a fit, with the error of its integration.
     *
     * @param estimator registered name
     */
    public Fit fit(String estimator, GeneralizedEnd end) {
        if (auto) {
            notes.add(new Fit.Note("integration", "Integration 'auto' settled on " + integration + "."));
        }
        context.listener().stage("integration error");
        Fit.Integrated integrated = IntegrationError.of(end, model, integration, nested, context);
        warn(integrated);
        return new GlmmAssembly(model, options, end, fixed, integrated, notes).fit(estimator, begin);
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

    private void warn(Fit.Integrated integrated) {
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
