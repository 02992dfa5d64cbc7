package henderson.validation;

import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.data.RFormula;
import henderson.data.ReadOptions;
import henderson.data.Table;
import henderson.framework.Henderson;
import henderson.inference.Summary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fits every reference case with every estimator that takes it, and compares figure by figure:
 *
 * <pre>{@code
 * ValidationReport report = Validate.run(Validate.Options.DEFAULT, Henderson.create());
 * System.out.print(ValidationText.of(report));
 * }</pre>
 */
public final class Validate {
    private final Options options;
    private final Henderson henderson;
    private final FitListener listener;
    private final DataFolders folders;
    private final List<CaseResult> results = new ArrayList<>();

    /**
     * What to compare.
     *
     * @param cases      ids of cases; empty: all
     * @param quick      whether the large cases are left out, unless they are named
     * @param home       folder that holds {@code validation}; null: the system property {@code henderson.home}, then the
     *                   nearest one from the working directory upwards
     * @param reference  folder with data that may not be copied; null: none
     * @param estimators registered names; empty: all
     * @param threads    threads of each fit, ≥ 1
     */
    public record Options(
            List<String> cases,
            boolean quick,
            @Nullable Path home,
            @Nullable Path reference,
            List<String> estimators,
            int threads) {
        /** Everything, with the data of the checkout. */
        public static final Options DEFAULT = new Options(List.of(), false, null, null, List.of(), 1);

        public Options {
            cases = List.copyOf(cases);
            estimators = List.copyOf(estimators);
        }

        public Options withCases(List<String> ids) {
            return new Options(ids, quick, home, reference, estimators, threads);
        }

        public Options withQuick(boolean on) {
            return new Options(cases, on, home, reference, estimators, threads);
        }

        public Options withHome(@Nullable Path folder) {
            return new Options(cases, quick, folder, reference, estimators, threads);
        }

        public Options withReference(@Nullable Path folder) {
            return new Options(cases, quick, home, folder, estimators, threads);
        }

        public Options withEstimators(List<String> names) {
            return new Options(cases, quick, home, reference, names, threads);
        }

        public Options withThreads(int n) {
            return new Options(cases, quick, home, reference, estimators, n);
        }
    }

    private Validate(Options options, Henderson henderson, FitListener listener) {
        this.options = options;
        this.henderson = henderson;
        this.listener = listener;
        Path home = options.home();
        String property = System.getProperty("henderson.home");
        if (home == null && property != null) {
            home = Path.of(property);
        }
        this.folders = DataFolders.find(home, options.reference(), Path.of(""));
    }

    /** Compares without telling of progress. */
    public static ValidationReport run(Options options, Henderson henderson) {
        return run(options, henderson, FitListener.SILENT);
    }

    /**
     * Compares.
     *
     * @param listener hears the id of each case as a stage
     * @throws HendersonException for an unknown case or estimator (the message names near or known ones), or where there are
     *     no cases
     */
    public static ValidationReport run(Options options, Henderson henderson, FitListener listener) {
        return new Validate(options, henderson, listener).run();
    }

    private ValidationReport run() {
        List<ReferenceCase> all = CaseFiles.read(folders.cases());
        options.estimators().forEach(name -> henderson.registry().estimator(name));
        for (ReferenceCase c : CaseChoice.of(all, options.cases(), options.quick())) {
            listener.stage(c.id());
            compare(c);
        }
        return new ValidationReport(results);
    }

    private void compare(ReferenceCase c) {
        Path file = folders.data(c.data());
        if (file == null) {
            results.add(CaseResult.skipped(c, "", c.data() + " not present"));
            return;
        }
        try {
            ModelSpec spec = spec(c);
            Table table = henderson.read(file, new ReadOptions(c.factors(), Set.of()));
            withEveryEstimator(c, henderson.model(spec, table), table);
        } catch (HendersonException e) {
            results.add(CaseResult.failed(c, "", e.getMessage()));
        }
    }

    private ModelSpec spec(ReferenceCase c) {
        ModelSpec spec = henderson
                .parse(c.formula())
                .withWeights(c.weights())
                .withFactors(c.factors())
                .withResidual(c.residual() == null ? null : henderson.parseResidual(c.residual()));
        ReferenceCase.Integrated generalized = c.integrated();
        if (generalized != null) {
            spec = spec.withFamily(generalized.family()).withLink(generalized.link());
        }
        return c.where() == null ? spec : spec.withWhere(RFormula.parseFilter(c.where()));
    }

    private void withEveryEstimator(ReferenceCase c, Model model, Table table) {
        FitOptions fitting = FitOptions.DEFAULT.withCriterion(c.criterion()).withThreads(options.threads());
        ReferenceCase.Integrated generalized = c.integrated();
        if (generalized != null) {
            fitting = fitting.withIntegration(generalized.integration()).withPoints(generalized.points());
        }
        List<String> refusals = new ArrayList<>();
        int before = results.size();
        List<Fit> fits = new ArrayList<>();
        for (Estimator estimator : henderson.registry().estimators().values()) {
            if (options.estimators().isEmpty() || options.estimators().contains(estimator.name())) {
                String refusal = estimator.maximizes()
                        ? estimator.refusal(model, fitting)
                        : "it does not maximize the likelihood";
                if (refusal == null) {
                    results.add(result(c, model, table, fitting.withEstimator(estimator.name()), fits));
                } else {
                    refusals.add(estimator.name() + ": " + refusal);
                }
            }
        }
        if (results.size() == before) {
            results.add(nobody(c, refusals));
        }
        for (int i = 1; i < fits.size(); i++) {
            String disagreement = Disagreement.of(fits.get(0), fits.get(i));
            if (disagreement != null) {
                results.add(CaseResult.failed(
                        c, fits.get(0).estimator() + " ~ " + fits.get(i).estimator(), disagreement));
            }
        }
    }

    /** Estimators that were asked for may refuse; that all there are refuse is a shortfall. */
    private CaseResult nobody(ReferenceCase c, List<String> refusals) {
        String reason = refusals.isEmpty() ? "no estimator is installed" : String.join("; ", refusals);
        return options.estimators().isEmpty()
                ? CaseResult.failed(c, "", "no estimator takes it: " + reason)
                : CaseResult.skipped(c, "", reason);
    }

    private CaseResult result(ReferenceCase c, Model model, Table table, FitOptions fitting, List<Fit> fits) {
        String estimator = String.valueOf(fitting.estimator());
        long start = System.nanoTime();
        try {
            Fit fit = henderson.fit(model, fitting);
            double seconds = 1e-9 * (System.nanoTime() - start);
            fits.add(fit);
            return CaseResult.compared(
                    c,
                    estimator,
                    Comparison.of(
                            c,
                            henderson.summarize(fit),
                            robust(c, fit, table),
                            !estimator.equals(henderson.defaultEstimator(model))),
                    seconds);
        } catch (RuntimeException e) {
            // one broken fit must not hide the others
            return CaseResult.failed(c, estimator, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private @Nullable Summary robust(ReferenceCase c, Fit fit, Table table) {
        ReferenceCase.Robust robust = c.expected().robust();
        return robust == null
                ? null
                : henderson
                        .robust(fit.model(), fit.options(), table, robust.cluster())
                        .summarize(fit, Summary.DEFAULT_LEVEL, FitListener.SILENT);
    }
}
