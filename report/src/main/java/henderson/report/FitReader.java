package henderson.report;

import henderson.api.Certificate;
import henderson.api.Convergence;
import henderson.api.Criterion;
import henderson.api.DataReport;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.ModelSpec;
import henderson.api.Natural;
import henderson.api.Optimizer;
import henderson.api.Scale;
import henderson.api.Term;
import henderson.report.FitDocument.CertificatePart;
import henderson.report.FitDocument.ConvergencePart;
import henderson.report.SavedState.EffectsState;
import henderson.report.SavedState.ParameterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Makes a fit of a file's parts. */
final class FitReader {
    private static final List<String> CONSTANTS = List.of("(Intercept)", "_cons");

    private final FitDocument document;
    private final SavedState state;
    private final SavedState.@Nullable GeneralizedState generalized;
    private final ModelSpec spec;
    private final List<Term> bound;
    private final @Nullable Term residual;

    FitReader(SavedFit saved, ModelSpec spec, List<Term> random, @Nullable Term residual) {
        this.document = saved.document();
        this.state = saved.state();
        this.generalized = saved.state().generalized();
        this.spec = spec;
        this.bound = random;
        this.residual = residual;
    }

    Fit fit() {
        requireShapes();
        List<Term> terms = terms();
        SavedModel model = new SavedModel(
                spec,
                document.model().response(),
                document.fixedEffects().stream()
                        .map(FitDocument.FixedEffect::name)
                        .toList(),
                constant(),
                terms,
                residual,
                generalized == null ? null : new SavedFamily(generalized.outcomes()),
                report(),
                state.frame());
        return new Fit(
                model,
                options(),
                document.model().estimator(),
                document.model().optimizer(),
                known(document.logLikelihood()),
                state.nullLogLikelihood(),
                document.fixedEffects().stream()
                        .mapToDouble(f -> known(f.estimate()))
                        .toArray(),
                matrix(document.fixedEffectsCovariance()),
                state.sigma2(),
                random(terms),
                residualEstimate(),
                parameters(),
                matrix(document.varianceParameters().covariance()),
                convergence(document.convergence()),
                certificate(document.convergence().certificate()),
                document.convergence().history().stream()
                        .map(s -> new Optimizer.Step(
                                s.iteration(), known(s.deviance()), known(s.decrement()), known(s.radius())))
                        .toList(),
                document.convergence().evaluations(),
                effects(),
                document.notes().stream()
                        .map(n -> new Fit.Note(n.code(), n.text()))
                        .toList(),
                Map.copyOf(document.timing()),
                integrated());
    }

    private Fit.@Nullable Integrated integrated() {
        if (generalized == null) {
            return null;
        }
        FitDocument.ModelPart m = document.model();
        FitDocument.IntegrationErrorPart e = Objects.requireNonNull(document.integrationError(), "integrationError");
        return new Fit.Integrated(
                Objects.requireNonNull(m.integration(), "model.integration"),
                Objects.requireNonNull(m.points(), "model.points"),
                e.rule() == null ? "" : e.rule(),
                e.points() == null ? 0 : e.points(),
                known(e.logLikelihoodChange()),
                known(e.largestShift()),
                e.parameter(),
                known(e.monteCarloError()),
                e.reason(),
                matrix(generalized.covariance()),
                generalized.phi(),
                generalized.means() == null ? List.of() : effects(generalized.means()));
    }

    /** Where the constant stands: first, in Stata's language last. */
    private int constant() {
        int last = document.fixedEffects().size() - 1;
        int at = spec.language() == Language.STATA ? last : 0;
        // a family with cut points has none, whatever the formula says
        boolean there =
                last >= 0 && CONSTANTS.contains(document.fixedEffects().get(at).name());
        return spec.formula().intercept() && there ? at : -1;
    }

    private void requireShapes() {
        int p = document.fixedEffects().size();
        square("fixedEffectsCovariance", document.fixedEffectsCovariance(), p);
        long kept = state.frame().kept().stream().filter(k -> k).count();
        require("state.frame.kept", kept == p);
        FitDocument.VarianceParameters v = document.varianceParameters();
        int k = state.parameters().size();
        require(
                "varianceParameters",
                v.names().size() == k && v.estimates().length == k && (k > 0 || generalized != null));
        square("varianceParameters.covariance", v.covariance(), k);
        int terms = document.model().randomEffects().size();
        require("state.tau", state.tau().length == terms);
        require("randomEffects", document.randomEffects().size() == terms);
        require("model.formula", spec.formula().random().size() == terms);
        require("state.rows.randomVariances", state.rows().randomVariances().size() == terms);
        require("state.effects", state.effects() == null || state.effects().size() == terms);
        if (generalized != null) {
            square("state.generalized.covariance", generalized.covariance(), p + k);
            require(
                    "state.generalized.means",
                    generalized.means() == null || generalized.means().size() == terms);
        }
        for (int t = 0; t < terms; t++) {
            requireTermShapes(t, state.effects(), "state.effects");
            requireTermShapes(t, generalized == null ? null : generalized.means(), "state.generalized.means");
        }
        for (ParameterState s : state.parameters()) {
            require("state.parameters", s.term() < terms);
            int columns = s.term() >= 0
                    ? columns(s.term())
                    : residual == null ? 0 : residual.columns().size();
            require("state.parameters", Math.max(s.i(), s.j()) < Math.max(1, columns));
        }
    }

    private int columns(int term) {
        return document.model().randomEffects().get(term).terms().size();
    }

    private void requireTermShapes(int t, @Nullable List<EffectsState> effects, String name) {
        int q = columns(t);
        square("randomEffects.covariance", document.randomEffects().get(t).covariance(), q);
        if (effects != null) {
            EffectsState e = effects.get(t);
            int levels = e.levels().size();
            require(name + ".values", e.values().length == levels * q);
            require(name + ".conditional", e.conditional().length == levels * q * q);
            require(name + ".prediction", e.prediction().length == levels * q * q);
        }
    }

    private static void square(String name, double[][] m, int size) {
        boolean right = m.length == size;
        for (double[] row : m) {
            right &= row.length == size;
        }
        require(name, right);
    }

    private static void require(String name, boolean right) {
        if (!right) {
            throw new HendersonException(
                    "The parts of the saved fit do not belong together: " + name + " has another size.",
                    "Maybe the file was cut or edited.");
        }
    }

    private static double known(@Nullable Double x) {
        return x == null ? Double.NaN : x;
    }

    private static DMatrixRMaj matrix(double[][] rows) {
        return rows.length == 0 ? new DMatrixRMaj(0, 0) : new DMatrixRMaj(rows);
    }

    /** The terms with the levels that effects are of. */
    private List<Term> terms() {
        require(
                "model.randomEffects",
                bound.size() == document.model().randomEffects().size());
        List<Term> out = new ArrayList<>();
        for (int t = 0; t < bound.size(); t++) {
            List<EffectsState> effects = state.effects();
            Term term = bound.get(t);
            require("model.randomEffects.terms", term.columns().size() == columns(t));
            out.add(new Term(
                    term.group(),
                    effects == null ? List.of() : effects.get(t).levels(),
                    term.columns(),
                    term.structureName(),
                    term.call(),
                    term.structure(),
                    null));
        }
        return out;
    }

    private List<Fit.RandomEstimate> random(List<Term> terms) {
        List<Fit.RandomEstimate> out = new ArrayList<>();
        for (int t = 0; t < terms.size(); t++) {
            DMatrixRMaj covariance = matrix(document.randomEffects().get(t).covariance());
            require(
                    "state.tau",
                    state.tau()[t].length
                            == terms.get(t).structure().coordinates().size());
            out.add(new Fit.RandomEstimate(terms.get(t), state.tau()[t], covariance));
        }
        return out;
    }

    private Fit.@Nullable RandomEstimate residualEstimate() {
        double[] tau = state.residualTau();
        require("state.residualTau", (tau == null) == (residual == null));
        if (residual == null || tau == null) {
            return null;
        }
        require(
                "state.residualTau",
                tau.length == residual.structure().coordinates().size());
        return new Fit.RandomEstimate(residual, tau, new DMatrixRMaj(0, 0));
    }

    private List<Fit.Parameter> parameters() {
        List<Fit.Parameter> out = new ArrayList<>();
        for (int k = 0; k < state.parameters().size(); k++) {
            ParameterState p = state.parameters().get(k);
            Natural natural = new Natural(p.symbol(), p.i(), p.j(), p.levels(), Scale.valueOf(p.scale()));
            String name = document.varianceParameters().names().get(k);
            double estimate = document.varianceParameters().estimates()[k];
            out.add(new Fit.Parameter(p.term(), natural, name, estimate, p.boundary()));
        }
        return out;
    }

    private List<Fit.Effects> effects() {
        List<EffectsState> all = state.effects();
        return all == null ? List.of() : effects(all);
    }

    private static List<Fit.Effects> effects(List<EffectsState> all) {
        return all.stream()
                .map(e -> new Fit.Effects(e.values(), e.conditional(), e.prediction()))
                .toList();
    }

    private FitOptions options() {
        FitDocument.ProvenancePart p = document.provenance();
        Integer points = document.model().points();
        FitOptions options = FitOptions.DEFAULT
                .withCriterion(Criterion.valueOf(document.model().criterion()))
                .withEstimator(p.requestedEstimator())
                .withOptimizer(p.requestedOptimizer())
                .withTolerance(p.tolerance())
                .withThreads(p.threads())
                .withIntegration(document.model().integration())
                .withPoints(points == null ? 0 : points);
        Integer limit = p.iterationLimit();
        return limit == null ? options : options.withIterations(limit);
    }

    private DataReport report() {
        FitDocument.DataPart d = document.data();
        String digest = document.provenance().dataDigest();
        return new DataReport(
                document.provenance().dataSource(),
                digest == null ? "" : digest,
                d.rows(),
                d.rowsUsed(),
                d.dropped().stream()
                        .map(x -> new DataReport.Dropped(x.reason(), x.variable(), x.count()))
                        .toList(),
                d.columnsDropped().stream()
                        .map(x -> new DataReport.ColumnDropped(x.name(), x.reason()))
                        .toList(),
                d.levelsDropped().stream()
                        .map(x -> new DataReport.LevelsDropped(x.name(), x.levels()))
                        .toList(),
                document.model().factors().stream()
                        .map(x -> new DataReport.Factor(x.name(), x.levels()))
                        .toList(),
                d.groups().stream()
                        .map(x -> new DataReport.Group(x.name(), x.count(), x.min(), x.mean(), x.max()))
                        .toList());
    }

    private static Convergence convergence(ConvergencePart c) {
        String reason = c.reason() == null ? "" : c.reason();
        return switch (c.status()) {
            case "converged" -> new Convergence.Converged();
            case "boundary" -> new Convergence.Boundary(c.boundary());
            case "failed" -> new Convergence.Failed(reason);
            default -> new Convergence.Stopped(reason, c.culprits());
        };
    }

    private static @Nullable Certificate certificate(@Nullable CertificatePart c) {
        return c == null
                ? null
                : new Certificate(
                        known(c.decrement()),
                        known(c.boundaryCurvature()),
                        c.positive(),
                        c.zero(),
                        c.negative(),
                        c.flatDirections(),
                        c.activeParameters(),
                        c.tolerance());
    }
}
