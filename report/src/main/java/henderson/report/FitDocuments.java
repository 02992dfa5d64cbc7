package henderson.report;

import henderson.api.Certificate;
import henderson.api.Convergence;
import henderson.api.DataReport;
import henderson.api.Expression;
import henderson.api.Fit;
import henderson.api.Formula.RandomTerm;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.api.StructureCall;
import henderson.api.Term;
import henderson.inference.Estimate;
import henderson.inference.LikelihoodRatioTest;
import henderson.inference.RandomSummary;
import henderson.inference.RobustCovariance;
import henderson.inference.Summary;
import henderson.inference.WaldTest;
import henderson.report.FitDocument.CertificatePart;
import henderson.report.FitDocument.ClustersPart;
import henderson.report.FitDocument.ColumnPart;
import henderson.report.FitDocument.ConvergencePart;
import henderson.report.FitDocument.DataPart;
import henderson.report.FitDocument.DroppedPart;
import henderson.report.FitDocument.FactorPart;
import henderson.report.FitDocument.FixedEffect;
import henderson.report.FitDocument.GroupPart;
import henderson.report.FitDocument.IntegrationErrorPart;
import henderson.report.FitDocument.LikelihoodRatioPart;
import henderson.report.FitDocument.ModelPart;
import henderson.report.FitDocument.NotePart;
import henderson.report.FitDocument.ParameterPart;
import henderson.report.FitDocument.ProvenancePart;
import henderson.report.FitDocument.RandomEffect;
import henderson.report.FitDocument.RandomTermPart;
import henderson.report.FitDocument.ResidualPart;
import henderson.report.FitDocument.ResidualTermPart;
import henderson.report.FitDocument.StepPart;
import henderson.report.FitDocument.TestsPart;
import henderson.report.FitDocument.VarianceParameters;
import henderson.report.FitDocument.WaldPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Copies a summary into the parts of a {@link FitDocument}. */
final class FitDocuments {
    private static final String MODEL_BASED = "OIM";

    private FitDocuments() {}

    static FitDocument of(Summary s, @Nullable String stata) {
        Fit fit = s.fit();
        return new FitDocument(
                FitDocument.SCHEMA,
                model(fit, stata),
                data(fit.model().report()),
                known(fit.logLikelihood()),
                known(fit.deviance()),
                known(s.aic()),
                known(s.bic()),
                fit.parameterCount(),
                s.sigma(),
                s.level(),
                fit.notes().stream().map(n -> new NotePart(n.code(), n.text())).toList(),
                s.robust() == null ? MODEL_BASED : RobustCovariance.TYPE,
                clusters(s.robust()),
                fixed(s),
                rows(fit.betaCovariance()),
                s.random().stream().map(FitDocuments::random).toList(),
                fit.generalized()
                        ? null
                        : new ResidualPart(
                                s.residual().structure(),
                                parameters(s.residual().parameters()),
                                parameters(s.residual().standardDeviations())),
                parameters(s.auxiliary()),
                new VarianceParameters(
                        fit.parameters().stream().map(Fit.Parameter::name).toList(),
                        fit.parameters().stream()
                                .mapToDouble(Fit.Parameter::estimate)
                                .toArray(),
                        rows(fit.parameterCovariance())),
                integrationError(fit.integrated()),
                tests(s),
                convergence(fit),
                provenance(fit),
                fit.seconds());
    }

    private static ModelPart model(Fit fit, @Nullable String stata) {
        Model model = fit.model();
        ModelSpec spec = model.spec();
        List<Expression> offsets = spec.formula().offsets();
        return new ModelPart(
                spec.formula().toString(),
                stata,
                model.responseName(),
                trials(spec),
                spec.weights(),
                spec.frequencyWeights(),
                offsets.isEmpty()
                        ? null
                        : offsets.stream().map(Expression::toString).collect(Collectors.joining(" + ")),
                spec.where() == null ? null : spec.where().toString(),
                model.report().factors().stream()
                        .map(f -> new FactorPart(f.name(), f.levels()))
                        .toList(),
                List.copyOf(new TreeSet<>(spec.numeric())),
                spec.family(),
                spec.link() == null ? "identity" : spec.link(),
                fit.options().criterion().name(),
                fit.estimator(),
                fit.optimizer(),
                fit.integrated() == null ? null : fit.integrated().method(),
                fit.integrated() == null ? null : (Integer) fit.integrated().points(),
                randomTerms(model),
                fit.generalized() ? null : residualTerm(model.residual()));
    }

    /** What a response of counts is divided by. */
    private static @Nullable String trials(ModelSpec spec) {
        boolean counts = spec.family().equals("binomial") && spec.formula().response() instanceof Expression.Binary;
        return counts ? ((Expression.Binary) spec.formula().response()).right().toString() : null;
    }

    private static @Nullable IntegrationErrorPart integrationError(Fit.@Nullable Integrated i) {
        if (i == null) {
            return null;
        }
        boolean known = i.unknown() == null;
        return new IntegrationErrorPart(
                known ? i.nextMethod() : null,
                known ? (Integer) i.nextPoints() : null,
                known(i.change()),
                known(i.shift()),
                i.shifted(),
                known(i.monteCarloError()),
                i.unknown());
    }

    private static List<RandomTermPart> randomTerms(Model model) {
        List<RandomTerm> asked = model.spec().formula().random();
        List<RandomTermPart> out = new ArrayList<>();
        for (int t = 0; t < model.random().size(); t++) {
            Term term = model.random().get(t);
            boolean same = asked.size() == model.random().size()
                    && asked.get(t).group().equals(term.group());
            List<String> factors = same ? asked.get(t).grouping() : List.of(term.group());
            Map<String, Object> arguments = new TreeMap<>(term.call().arguments());
            out.add(new RandomTermPart(term.group(), factors, term.columns(), term.structureName(), arguments));
        }
        return out;
    }

    private static ResidualTermPart residualTerm(@Nullable Term term) {
        if (term == null) {
            return new ResidualTermPart(null, null, "independent", null, null, null, null, null);
        }
        StructureCall call = term.call();
        String by = null;
        String variances = null;
        while (!call.inner().isEmpty()) {
            String over = call.positions().isEmpty() ? null : String.join(", ", call.positions());
            by = call.name().equals("by") ? over : by;
            variances = call.name().equals("variances") ? over : variances;
            call = call.inner().get(0);
        }
        List<Integer> order = call.arguments().values().stream()
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .toList();
        String time = call.positions().isEmpty() ? null : String.join(", ", call.positions());
        return new ResidualTermPart(
                term.call().toString(),
                term.structure().title().isEmpty() ? null : term.structure().title(),
                term.structureName(),
                order.isEmpty() ? null : order,
                time,
                term.group(),
                by,
                variances);
    }

    private static DataPart data(DataReport r) {
        return new DataPart(
                r.rows(),
                r.rowsUsed(),
                r.dropped().stream()
                        .map(d -> new DroppedPart(d.reason(), d.variable(), d.count()))
                        .toList(),
                r.columnsDropped().stream()
                        .map(c -> new ColumnPart(c.name(), c.reason()))
                        .toList(),
                r.levelsDropped().stream()
                        .map(l -> new FactorPart(l.factor(), l.levels()))
                        .toList(),
                r.groups().stream()
                        .map(g -> new GroupPart(g.name(), g.count(), g.min(), g.mean(), g.max()))
                        .toList());
    }

    private static @Nullable ClustersPart clusters(@Nullable RobustCovariance robust) {
        return robust == null ? null : new ClustersPart(robust.cluster(), robust.clusters());
    }

    private static List<FixedEffect> fixed(Summary s) {
        return s.fixed().stream()
                .map(c -> new FixedEffect(
                        c.name(),
                        known(c.estimate()),
                        c.standardError(),
                        c.statistic(),
                        c.df(),
                        c.pValue(),
                        c.lower(),
                        c.upper()))
                .toList();
    }

    private static RandomEffect random(RandomSummary r) {
        return new RandomEffect(
                r.term().group(),
                r.term().structureName(),
                r.term().columns(),
                rows(r.covariance()),
                parameters(r.parameters()),
                parameters(r.standardDeviations()));
    }

    private static List<ParameterPart> parameters(List<Estimate> all) {
        return all.stream()
                .map(e -> new ParameterPart(
                        e.name(),
                        e.level(),
                        known(e.estimate()),
                        e.standardError(),
                        e.lower(),
                        e.upper(),
                        e.boundary()))
                .toList();
    }

    private static TestsPart tests(Summary s) {
        WaldTest w = s.wald();
        LikelihoodRatioTest t = s.versusNoRandomEffects();
        return new TestsPart(
                new WaldPart(w.statistic(), w.df(), w.denominatorDf(), w.distribution(), w.pValue()),
                t == null
                        ? null
                        : new LikelihoodRatioPart(
                                t.statistic(), t.df(), t.pValue(), t.mixture() ? t.distribution() : null));
    }

    private static ConvergencePart convergence(Fit fit) {
        Convergence end = fit.convergence();
        String reason = null;
        List<String> culprits = List.of();
        List<String> boundary = List.of();
        if (end instanceof Convergence.Stopped s) {
            reason = s.reason();
            culprits = s.culprits();
        } else if (end instanceof Convergence.Failed f) {
            reason = f.reason();
        } else if (end instanceof Convergence.Boundary b) {
            boundary = b.parameters();
        }
        List<StepPart> history = fit.history().stream()
                .map(h -> new StepPart(h.iteration(), known(h.value()), known(h.decrement()), known(h.radius())))
                .toList();
        int iterations = history.isEmpty() ? 0 : history.get(history.size() - 1).iteration();
        return new ConvergencePart(
                end.status(),
                reason,
                culprits,
                boundary,
                iterations,
                fit.evaluations(),
                certificate(fit.certificate()),
                history);
    }

    private static @Nullable CertificatePart certificate(@Nullable Certificate c) {
        return c == null
                ? null
                : new CertificatePart(
                        c.holds(),
                        known(c.decrement()),
                        c.tolerance(),
                        known(c.boundaryCurvature()),
                        c.positive(),
                        c.zero(),
                        c.negative(),
                        c.flatDirections(),
                        c.activeParameters());
    }

    private static ProvenancePart provenance(Fit fit) {
        DataReport r = fit.model().report();
        return new ProvenancePart(
                FitDocument.class.getPackage().getImplementationVersion(),
                r.source(),
                r.digest().isEmpty() ? null : r.digest(),
                System.getProperty("java.version"),
                fit.options().estimator(),
                fit.options().optimizer(),
                fit.options().limited() ? (Integer) fit.options().iterations() : null,
                fit.options().tolerance(),
                fit.options().threads());
    }

    private static @Nullable Double known(double x) {
        return Double.isFinite(x) ? (Double) x : null;
    }

    static double[][] rows(DMatrixRMaj m) {
        double[][] out = new double[m.numRows][m.numCols];
        for (int i = 0; i < m.numRows; i++) {
            System.arraycopy(m.data, i * m.numCols, out[i], 0, m.numCols);
        }
        return out;
    }
}
