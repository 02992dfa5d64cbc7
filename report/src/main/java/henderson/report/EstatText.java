package henderson.report;

import henderson.api.DataReport;
import henderson.api.Fit;
import henderson.inference.Estimate;
import henderson.inference.GroupCovariance;
import henderson.inference.InformationCriteria;
import henderson.inference.LikelihoodRatio;
import henderson.inference.LikelihoodRatioTest;
import henderson.inference.LinearCombination;
import henderson.inference.OneWayAnalysis;
import henderson.inference.VarianceExplained;
import henderson.inference.WaldTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What Stata's commands after a fit print. Every text ends with a newline. */
public final class EstatText {
    private static final int NAME = 12;
    private static final int CELL = 11;

    private EstatText() {}

    /** {@code estat ic}. */
    public static String informationCriteria(InformationCriteria c, String model) {
        int wide = Math.max(NAME, model.length());
        String rule = "-".repeat(wide + 65);
        List<String> lines = new ArrayList<>();
        lines.add("Akaike's information criterion and Bayesian information criterion");
        lines.add("");
        lines.add(rule);
        lines.add(
                GeneralFormat.pad("Model", wide) + " |          N   ll(null)  ll(model)      df        AIC        BIC");
        lines.add("-".repeat(wide + 1) + '+' + "-".repeat(63));
        lines.add(GeneralFormat.pad(model, wide) + " |" + GeneralFormat.pad(GeneralFormat.count(c.observations()), 11)
                + GeneralFormat.pad(".", 11)
                + GeneralFormat.pad(GeneralFormat.format(c.logLikelihood(), 9), 11)
                + GeneralFormat.pad(Integer.toString(c.parameters()), 8)
                + GeneralFormat.pad(GeneralFormat.format(c.aic(), 9), 11)
                + GeneralFormat.pad(GeneralFormat.format(c.bic(), 9), 11));
        lines.add(rule);
        lines.add("Note: BIC uses N = number of observations.");
        return text(lines);
    }

    /** {@code estat icc}, and below it the two estimates by analysis of variance. */
    public static String intraclass(Fit fit, List<Estimate> estimates, List<OneWayAnalysis> analyses, double level) {
        int wide = 28;
        for (Estimate e : estimates) {
            wide = Math.max(wide, e.name().length());
        }
        String rule = "-".repeat(wide + 50);
        List<String> lines = new ArrayList<>();
        lines.add("Residual intraclass correlation");
        lines.add("");
        lines.add(rule);
        lines.add(GeneralFormat.pad("Level", wide) + " |        ICC   Std. err."
                + GeneralFormat.pad("[" + percent(level) + "% conf. interval]", 25));
        lines.add("-".repeat(wide + 1) + '+' + "-".repeat(48));
        for (Estimate e : estimates) {
            lines.add(GeneralFormat.pad(e.name(), wide) + " |  " + GeneralFormat.nine(e.estimate()) + "  "
                    + nine(e.standardError()) + "     " + nine(e.lower()) + "   " + nine(e.upper()));
        }
        lines.add(rule);
        if (fit.random().stream().anyMatch(r -> r.term().columns().size() > 1)) {
            lines.add("Note: ICC is conditional on zero values of random-effects covariates.");
        }
        if (!analyses.isEmpty()) {
            lines.add("Analysis of variance of the response alone:");
        }
        for (OneWayAnalysis a : analyses) {
            lines.add("  " + a.group() + ": plain " + GeneralFormat.format(a.plain(), 9) + " (SS between / SS total)"
                    + ", unbiased variances " + GeneralFormat.format(a.unbiased(), 9)
                    + " ((MSB - MSW)/(MSB + (n0 - 1) MSW), n0 = " + GeneralFormat.format(a.size(), 9) + ")");
        }
        return text(lines);
    }

    /** {@code estat recovariance}, of every block. */
    public static String randomCovariance(Fit fit, boolean correlation) {
        List<String> lines = new ArrayList<>();
        for (Fit.RandomEstimate r : fit.random()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add("Random-effects " + (correlation ? "correlation" : "covariance") + " matrix for level "
                    + r.term().group());
            lines.add("");
            DMatrixRMaj m = correlation ? correlations(r.covariance()) : r.covariance();
            lines.addAll(lowerTriangle(r.term().columns(), m));
        }
        return text(lines);
    }

    /** {@code estat vce}: covariance of the fixed effects. */
    public static String fixedCovariance(Fit fit, boolean correlation) {
        List<String> lines = new ArrayList<>();
        lines.add((correlation ? "Correlation" : "Covariance") + " matrix of fixed effects of "
                + fit.model().responseName());
        lines.add("");
        DMatrixRMaj m = correlation ? correlations(fit.betaCovariance()) : fit.betaCovariance();
        lines.addAll(lowerTriangle(fit.model().fixedNames(), m));
        return text(lines);
    }

    /** {@code estat wcorrelation}: standard deviations and correlations of one group, or its covariances. */
    public static String groupCovariance(GroupCovariance g, boolean covariance) {
        String of = g.factor() + " = " + g.level();
        List<String> lines = new ArrayList<>();
        if (covariance) {
            lines.add("Covariances for " + of + ":");
            lines.add("");
            lines.addAll(lowerTriangle(g.positions(), g.covariance()));
            return text(lines);
        }
        lines.add("Standard deviations and correlations for " + of + ":");
        lines.add("");
        lines.add("Standard deviations:");
        lines.add("");
        lines.addAll(oneRow(g.positions(), "sd", g.standardDeviations()));
        lines.add("");
        lines.add("Correlations:");
        lines.add("");
        lines.addAll(lowerTriangle(g.positions(), g.correlation()));
        return text(lines);
    }

    private static List<String> oneRow(List<String> names, String label, double[] values) {
        int cell = CELL;
        for (String name : names) {
            cell = Math.max(cell, name.length() + 2);
        }
        StringBuilder head = new StringBuilder(" ".repeat(NAME) + " |");
        StringBuilder row = new StringBuilder(GeneralFormat.pad(label, NAME) + " |");
        for (int i = 0; i < values.length; i++) {
            head.append(GeneralFormat.pad(names.get(i), cell));
            row.append(GeneralFormat.pad(GeneralFormat.format(values[i], 9), cell));
        }
        return List.of(head.toString(), "-".repeat(NAME + 1) + '+' + "-".repeat(cell * values.length), row.toString());
    }

    /** {@code estat group}. */
    public static String groups(DataReport report) {
        return text(TableHeader.groupTable(report.groups()));
    }

    /** Marginal and conditional R². */
    public static String explained(VarianceExplained v) {
        List<String> lines = new ArrayList<>();
        lines.add("Variance explained (Nakagawa and Schielzeth; random slopes by Johnson)");
        lines.add("");
        lines.add("  Variance of fixed part    = " + GeneralFormat.nine(v.fixed()));
        lines.add("  Mean variance of random   = " + GeneralFormat.nine(v.random()));
        lines.add("  Residual variance         = " + GeneralFormat.nine(v.residual()));
        lines.add("  Marginal R2               = " + GeneralFormat.nine(v.marginal()));
        lines.add("  Conditional R2            = " + GeneralFormat.nine(v.conditional()));
        return text(lines);
    }

    /** By how much each variance becomes smaller. */
    public static String reductions(List<VarianceExplained.Reduction> all, String smaller, String larger) {
        List<String> lines = new ArrayList<>();
        lines.add("Proportional reduction of variance from " + smaller + " to " + larger);
        lines.add("");
        lines.add(GeneralFormat.pad("Level", NAME) + " |     Before      After  Reduction");
        lines.add("-".repeat(NAME + 1) + '+' + "-".repeat(33));
        for (VarianceExplained.Reduction r : all) {
            lines.add(GeneralFormat.pad(r.name(), NAME) + " |  " + GeneralFormat.nine(r.before()) + "  "
                    + GeneralFormat.nine(r.after()) + "  " + GeneralFormat.nine(r.proportion()));
        }
        return text(lines);
    }

    /** {@code lrtest}. */
    public static String likelihoodRatio(LikelihoodRatio ratio, String smaller, String larger) {
        LikelihoodRatioTest t = ratio.test();
        List<String> lines = new ArrayList<>();
        lines.add("Likelihood-ratio test");
        lines.add("Assumption: " + smaller + " nested within " + larger);
        lines.add("");
        String left = " LR " + t.distribution();
        lines.add(left + " = " + String.format(Locale.ROOT, "%.2f", t.statistic()));
        lines.add(GeneralFormat.pad("Prob > chi2", left.length()) + " = " + GeneralFormat.probability(t.pValue(), 4));
        if (ratio.variance()) {
            lines.add("");
            lines.add("Note: The reported degrees of freedom assume that the smaller model is not on the");
            lines.add("      boundary of the larger one. Where it is, as for a variance of zero, the test is");
            lines.add("      conservative.");
        }
        return text(lines);
    }

    /** {@code lincom}. */
    public static String combination(LinearCombination c, String written, String response, double level) {
        List<String> lines = new ArrayList<>();
        boolean hypothesis = written.indexOf('=') >= 0;
        lines.add(" ( 1)  " + written + (hypothesis ? "" : " = 0"));
        lines.add("");
        lines.add("-".repeat(78));
        lines.add(GeneralFormat.pad(response, NAME) + " | Coefficient  Std. err.      z    P>|z|"
                + GeneralFormat.pad("[" + percent(level) + "% conf. interval]", 25));
        lines.add("-".repeat(NAME + 1) + '+' + "-".repeat(64));
        double z = c.statistic() == null ? Double.NaN : c.statistic();
        double p = c.pValue() == null ? Double.NaN : c.pValue();
        lines.add(GeneralFormat.pad("(1)", NAME) + " |  " + GeneralFormat.nine(c.estimate()) + "  "
                + nine(c.standardError()) + ' ' + GeneralFormat.twoDecimals(z, 8) + "   "
                + GeneralFormat.pad(GeneralFormat.probability(p, 3), 5) + "    " + nine(c.lower()) + "   "
                + nine(c.upper()));
        lines.add("-".repeat(78));
        return text(lines);
    }

    /** {@code test}. */
    public static String joint(WaldTest test, List<String> hypotheses) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < hypotheses.size(); i++) {
            lines.add(String.format(Locale.ROOT, " (%2d)  %s", i + 1, hypotheses.get(i)));
        }
        lines.add("");
        double statistic = test.statistic() == null ? Double.NaN : test.statistic();
        double p = test.pValue() == null ? Double.NaN : test.pValue();
        String left = GeneralFormat.pad("chi2(" + GeneralFormat.pad(Integer.toString(test.df()), 3) + ")", 18);
        lines.add(left + " = " + GeneralFormat.twoDecimals(statistic, 8));
        lines.add(GeneralFormat.pad("Prob > chi2", 18) + " = " + GeneralFormat.pad(GeneralFormat.probability(p, 4), 8));
        return text(lines);
    }

    /** The lower triangle of a symmetric matrix, as wide as its names. */
    static List<String> lowerTriangle(List<String> names, DMatrixRMaj m) {
        int wide = NAME;
        int cell = CELL;
        for (String name : names) {
            wide = Math.max(wide, name.length());
            cell = Math.max(cell, name.length() + 2);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(" ".repeat(wide) + " |");
        for (String name : names) {
            head.append(GeneralFormat.pad(name, cell));
        }
        lines.add(head.toString());
        lines.add("-".repeat(wide + 1) + '+' + "-".repeat(cell * names.size()));
        for (int i = 0; i < names.size(); i++) {
            StringBuilder row = new StringBuilder(GeneralFormat.pad(names.get(i), wide) + " |");
            for (int j = 0; j <= i; j++) {
                row.append(GeneralFormat.pad(GeneralFormat.format(m.get(i, j), 9), cell));
            }
            lines.add(row.toString());
        }
        return lines;
    }

    static DMatrixRMaj correlations(DMatrixRMaj v) {
        DMatrixRMaj out = new DMatrixRMaj(v.numRows, v.numRows);
        for (int i = 0; i < v.numRows; i++) {
            for (int j = 0; j < v.numRows; j++) {
                double scale = Math.sqrt(v.get(i, i)) * Math.sqrt(v.get(j, j));
                out.set(i, j, scale > 0 ? i == j ? 1 : v.get(i, j) / scale : Double.NaN);
            }
        }
        return out;
    }

    private static String percent(double level) {
        return level == Math.rint(level) ? Long.toString(Math.round(level)) : Double.toString(level);
    }

    static String nine(@Nullable Double x) {
        return GeneralFormat.nine(x == null ? Double.NaN : x);
    }

    static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
