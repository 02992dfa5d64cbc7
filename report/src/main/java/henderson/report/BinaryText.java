package henderson.report;

import henderson.inference.BinaryOutcomes;
import henderson.inference.Calibration;
import henderson.inference.Classification;
import henderson.inference.RocArea;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What Stata's commands after a model of a binary response print, and the same as JSON. */
public final class BinaryText {
    private record ClassificationPart(
            double cutoff,
            double truePositive,
            double falsePositive,
            double falseNegative,
            double trueNegative,
            double sensitivity,
            double specificity,
            double positivePredictiveValue,
            double negativePredictiveValue,
            double correct) {}

    private record RocPart(
            double observations,
            double area,
            double standardError,
            double lower,
            double upper,
            double confidenceLevel,
            List<double[]> curve) {}

    private BinaryText() {}

    /** {@code estat classification}. */
    public static String classification(Classification c, String response, String kind) {
        List<String> lines = new ArrayList<>();
        lines.add("Classification of " + response + " (" + kind + ")");
        lines.add("");
        lines.add("              -------- True --------");
        lines.add("Classified |         D            ~D  |      Total");
        lines.add("-----------+--------------------------+-----------");
        lines.add(row("+", c.truePositive(), c.falsePositive()));
        lines.add(row("-", c.falseNegative(), c.trueNegative()));
        lines.add("-----------+--------------------------+-----------");
        lines.add(row("Total", c.truePositive() + c.falseNegative(), c.falsePositive() + c.trueNegative()));
        lines.add("");
        lines.add("Classified + if predicted Pr(D) >= " + GeneralFormat.format(c.cutoff(), 9));
        lines.add("--------------------------------------------------");
        lines.add(share("Sensitivity", "Pr( +| D)", c.sensitivity()));
        lines.add(share("Specificity", "Pr( -|~D)", c.specificity()));
        lines.add(share("Positive predictive value", "Pr( D| +)", c.positivePredictiveValue()));
        lines.add(share("Negative predictive value", "Pr(~D| -)", c.negativePredictiveValue()));
        lines.add("--------------------------------------------------");
        lines.add(share("False + rate for true ~D", "Pr( +|~D)", 1 - c.specificity()));
        lines.add(share("False - rate for true D", "Pr( -| D)", 1 - c.sensitivity()));
        lines.add(share("False + rate for classified +", "Pr(~D| +)", 1 - c.positivePredictiveValue()));
        lines.add(share("False - rate for classified -", "Pr( D| -)", 1 - c.negativePredictiveValue()));
        lines.add("--------------------------------------------------");
        lines.add(share("Correctly classified", "", c.correct()));
        lines.add("--------------------------------------------------");
        return EstatText.text(lines);
    }

    private static String row(String name, double successes, double failures) {
        return String.format(
                Locale.ROOT,
                "%6s     |%10s    %10s  | %10s",
                name,
                count(successes),
                count(failures),
                count(successes + failures));
    }

    private static String share(String name, String symbol, double x) {
        String percent = Double.isNaN(x) ? "." : String.format(Locale.ROOT, "%.2f%%", 100 * x);
        return String.format(Locale.ROOT, "%-31s%9s%10s", name, symbol, percent);
    }

    private static String count(double x) {
        return x == Math.rint(x) ? GeneralFormat.count(Math.round(x)) : GeneralFormat.format(x, 9);
    }

    /** {@code lroc}. */
    public static String roc(RocArea r, String response, String kind, double level) {
        List<String> lines = new ArrayList<>();
        lines.add("Area under the ROC curve of " + response + " (" + kind + ")");
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%-24s = %9s", "Number of observations", count(r.observations())));
        lines.add(String.format(Locale.ROOT, "%-24s = %9s", "Area under ROC curve", decimals(r.area())));
        lines.add(String.format(Locale.ROOT, "%-24s = %9s", "Std. err. (DeLong)", decimals(r.standardError())));
        String percent = level == Math.rint(level) ? Long.toString(Math.round(level)) : Double.toString(level);
        lines.add(String.format(
                Locale.ROOT,
                "%-24s = %9s %9s",
                "[" + percent + "% conf. interval]",
                decimals(r.lower()),
                decimals(r.upper())));
        return EstatText.text(lines);
    }

    private static String decimals(double x) {
        return GeneralFormat.probability(x, 4);
    }

    /** {@code estat gof}. */
    public static String calibration(Calibration c, String response, String kind) {
        List<String> lines = new ArrayList<>();
        lines.add("Goodness of fit of " + response + " by groups of predicted probability (" + kind + ")");
        lines.add("");
        lines.add("  Group      Prob     Obs_1     Exp_1     Obs_0     Exp_0     Total");
        lines.add("  -------------------------------------------------------------------");
        double all = 0;
        for (int g = 0; g < c.groups().size(); g++) {
            Calibration.Group own = c.groups().get(g);
            all += own.total();
            lines.add(String.format(
                    Locale.ROOT,
                    "  %5d    %6s  %8s  %8.1f  %8s  %8.1f  %8s",
                    g + 1,
                    decimals(own.upper()),
                    count(own.observed()),
                    own.expected(),
                    count(own.total() - own.observed()),
                    own.total() - own.expected(),
                    count(own.total())));
        }
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%26s = %9s", "Number of observations", count(all)));
        lines.add(String.format(
                Locale.ROOT, "%26s = %9d", "Number of groups", c.groups().size()));
        lines.add(String.format(
                Locale.ROOT,
                "%26s = %9s",
                "Hosmer-Lemeshow chi2(" + c.df() + ")",
                GeneralFormat.twoDecimals(c.statistic(), 9).strip()));
        lines.add(String.format(Locale.ROOT, "%26s = %9s", "Prob > chi2", decimals(c.pValue())));
        return EstatText.text(lines);
    }

    /** A classification as JSON. */
    public static String json(Classification c) {
        return FitJson.write(new ClassificationPart(
                c.cutoff(),
                c.truePositive(),
                c.falsePositive(),
                c.falseNegative(),
                c.trueNegative(),
                c.sensitivity(),
                c.specificity(),
                c.positivePredictiveValue(),
                c.negativePredictiveValue(),
                c.correct()));
    }

    /** An area as JSON, with the curve as pairs of one minus specificity and sensitivity. */
    public static String json(RocArea r, BinaryOutcomes all, double level) {
        return FitJson.write(new RocPart(
                r.observations(), r.area(), r.standardError(), r.lower(), r.upper(), level, RocArea.curve(all)));
    }

    /** Groups and test as JSON. */
    public static String json(Calibration c) {
        return FitJson.write(c);
    }
}
