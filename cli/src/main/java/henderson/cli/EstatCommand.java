package henderson.cli;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.data.Table;
import henderson.framework.Henderson;
import henderson.inference.BinaryOutcomes;
import henderson.inference.Calibration;
import henderson.inference.Classification;
import henderson.inference.Estimate;
import henderson.inference.GroupCovariance;
import henderson.inference.InformationCriteria;
import henderson.inference.IntraclassCorrelation;
import henderson.inference.OneWayAnalysis;
import henderson.inference.Prediction.Effects;
import henderson.inference.RocArea;
import henderson.inference.RowStatistics;
import henderson.inference.Summary;
import henderson.inference.VarianceExplained;
import henderson.report.BinaryText;
import henderson.report.EstatJson;
import henderson.report.EstatText;
import henderson.report.Metric;
import henderson.report.StataTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code henderson estat}. */
@Command(name = "estat", description = "More about a saved fit.", sortOptions = false)
final class EstatCommand implements Verb {
    private final PrintStream out;

    @Parameters(
            index = "0",
            paramLabel = "WHAT",
            description = "ic: AIC and BIC; icc: intraclass correlations; sd: standard deviations and correlations;"
                    + " group: sizes of the groups; recovariance: covariance of the random effects; r2: variance"
                    + " explained; vcov: covariance of the fixed effects; wcorrelation: standard deviations and"
                    + " correlations that the model implies for a group's rows (needs the data). Of a binary response,"
                    + " with the data: classification; lroc: area under the ROC curve; gof: calibration by tenths.")
    private String what;

    @Parameters(index = "1", paramLabel = "FIT", description = "File of fit --save.")
    private String file;

    @Parameters(index = "2", arity = "0..1", paramLabel = "DATA", description = "The data it was fitted to.")
    private @Nullable String data;

    @Option(names = "--at", paramLabel = "LEVEL", description = "Which group (wcorrelation; default: the first).")
    private @Nullable String at;

    @Option(
            names = "--cutoff",
            paramLabel = "P",
            description = "Probability from which a success is predicted (default 0.5).")
    private double cutoff = 0.5;

    @Option(names = "--groups", paramLabel = "N", description = "Groups of predicted probability (gof; default 10).")
    private int groups = 10;

    @Mixin
    private EffectOptions effects;

    @Option(names = "--covariance", description = "Covariances for correlations (wcorrelation).")
    private boolean covariance;

    @Option(names = "--correlation", description = "Correlations for covariances (recovariance, vcov).")
    private boolean correlation;

    @Option(
            names = "--versus",
            paramLabel = "FIT",
            description = "A smaller model, for the reduction of variances (r2).")
    private @Nullable String versus;

    @Option(names = "--level", paramLabel = "PERCENT", description = "Confidence level (default 95).")
    private double level = Summary.DEFAULT_LEVEL;

    @Option(names = "--output", paramLabel = "text|json", description = "What is printed.")
    private String output = "text";

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    EstatCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public int run() {
        boolean json = Output.json(output);
        Summary.requireLevel(level);
        Henderson henderson = plugins.henderson();
        SavedFits saved = SavedFits.read(file, henderson);
        Fit fit = saved.fit();
        RowStatistics rows = saved.saved().state().rows();
        out.print(
                switch (what) {
                    case "ic" -> criteria(saved, json);
                    case "icc" -> intraclass(fit, rows, henderson, json);
                    case "sd" ->
                        json
                                ? EstatJson.standardDeviations(saved.summary(level))
                                : StataTable.of(saved.summary(level), Metric.SD);
                    case "group" ->
                        json
                                ? EstatJson.groups(fit.model().report())
                                : EstatText.groups(fit.model().report());
                    case "recovariance" ->
                        json
                                ? EstatJson.randomCovariance(fit, correlation)
                                : EstatText.randomCovariance(fit, correlation);
                    case "vcov", "vce" ->
                        json
                                ? EstatJson.fixedCovariance(fit, correlation)
                                : EstatText.fixedCovariance(fit, correlation);
                    case "classification", "lroc", "gof" -> binary(saved, henderson, json);
                    case "wcorrelation" -> within(saved, henderson, json);
                    case "r2" -> explained(saved, henderson, json);
                    default ->
                        throw new HendersonException(
                                "There is no estat " + what + ".",
                                "Maybe one of: ic, icc, sd, group, recovariance, r2, vcov, wcorrelation, classification, lroc,"
                                        + " gof.");
                });
        return fit.convergence().certified() ? Main.GOOD : Main.NOT_CERTIFIED;
    }

    private String within(SavedFits saved, Henderson henderson, boolean json) {
        if (data == null) {
            throw new HendersonException(
                    "estat wcorrelation needs the data beside the fit: which rows a group has is not saved.",
                    "Maybe henderson estat wcorrelation " + file + " DATA.csv.");
        }
        Table table = henderson.read(Path.of(data), saved.asFitted());
        Model model = henderson.model(saved.fit().model().spec(), table);
        GroupCovariance g = GroupCovariance.of(saved.fit(), model, at);
        return json ? EstatJson.groupCovariance(g) : EstatText.groupCovariance(g, covariance);
    }

    private String criteria(SavedFits saved, boolean json) {
        InformationCriteria c = InformationCriteria.of(saved.summary(level));
        return json ? EstatJson.informationCriteria(c) : EstatText.informationCriteria(c, saved.name());
    }

    private String intraclass(Fit fit, RowStatistics rows, Henderson henderson, boolean json) {
        List<Estimate> estimates = IntraclassCorrelation.of(fit, rows.nesting(), level, henderson.latentVariance(fit));
        List<OneWayAnalysis> analyses = fit.generalized() ? List.of() : rows.analyses();
        return json
                ? EstatJson.intraclass(estimates, analyses, level)
                : EstatText.intraclass(fit, estimates, analyses, level);
    }

    /** Of a binary response: classification, area under the ROC curve, or calibration. */
    private String binary(SavedFits saved, Henderson henderson, boolean json) {
        if (data == null) {
            throw new HendersonException(
                    "estat " + what + " needs the data beside the fit: the response is not saved.",
                    "Maybe henderson estat " + what + " " + file + " DATA.csv.");
        }
        Effects kind = effects.kind();
        Table table = henderson.read(Path.of(data), saved.forOthers());
        BinaryOutcomes all = BinaryOutcomes.of(saved.fit(), henderson.rebind(saved.fit(), table, null), kind);
        String response = saved.fit().model().responseName();
        String word = EffectOptions.words(kind);
        switch (what) {
            case "classification" -> {
                Classification c = Classification.of(all, cutoff);
                return json ? BinaryText.json(c) : BinaryText.classification(c, response, word);
            }
            case "gof" -> {
                Calibration c = Calibration.of(all, groups);
                return json ? BinaryText.json(c) : BinaryText.calibration(c, response, word);
            }
            default -> {
                RocArea r = RocArea.of(all, level);
                return json ? BinaryText.json(r, all, level) : BinaryText.roc(r, response, word, level);
            }
        }
    }

    private String explained(SavedFits saved, Henderson henderson, boolean json) {
        if (versus == null) {
            VarianceExplained v =
                    VarianceExplained.of(saved.fit(), saved.saved().state().rows());
            return json ? EstatJson.explained(v) : EstatText.explained(v);
        }
        SavedFits smaller = SavedFits.read(versus, henderson);
        List<VarianceExplained.Reduction> all = VarianceExplained.reductions(smaller.fit(), saved.fit());
        return json
                ? EstatJson.reductions(all, smaller.name(), saved.name())
                : EstatText.reductions(all, smaller.name(), saved.name());
    }
}
