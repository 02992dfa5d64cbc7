package henderson.report;

import henderson.api.Convergence;
import henderson.api.Fit;
import henderson.api.Language;
import henderson.api.Term;
import henderson.inference.Coefficient;
import henderson.inference.Estimate;
import henderson.inference.LikelihoodRatioTest;
import henderson.inference.RandomSummary;
import henderson.inference.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A summary as text, in the layout of Stata's {@code mixed}, with a family in that of its {@code me} commands. Columns of names grow with the longest name instead of cutting
 * it. What is wrong with the fit comes first; the certificate and what happened to the data come last.
 */
public final class StataTable {
    private final Summary summary;
    private final Metric metric;
    private final TableParts parts;
    /** Columns added to the layout of 78 for long names. */
    private final int extra;

    private final List<String> lines = new ArrayList<>();

    private StataTable(Summary summary, TableParts parts) {
        this.summary = summary;
        this.metric = parts.metric();
        this.parts = parts;
        boolean joint = summary.fit().generalized() && !parts.apart();
        this.extra = joint ? new GeneralizedTable(summary, parts).extraColumns() : extra();
    }

    /** The table with variances, each line ended by a newline. */
    public static String of(Summary summary) {
        return of(summary, Metric.VARIANCE);
    }

    /** The table, each line ended by a newline. */
    public static String of(Summary summary, Metric metric) {
        return of(summary, TableParts.ALL.withMetric(metric));
    }

    /** Parts of the table, each line ended by a newline. */
    public static String of(Summary summary, TableParts parts) {
        return new StataTable(summary, parts).build();
    }

    /** The table of grouping factors, each line ended by a newline. */
    public static String groups(Summary summary) {
        return String.join("\n", TableHeader.groupTable(TableHeader.groups(summary))) + "\n";
    }

    /** What Stata calls a grouping factor of a model in its language; {@code region:state} is {@code state}. */
    public static String groupName(Summary summary, String group) {
        return StataNames.group(summary, group);
    }

    /** The variance components alone, each line ended by a newline. */
    public static String randomPart(Summary summary, TableParts parts) {
        StataTable table = new StataTable(summary, parts);
        table.random();
        return String.join("\n", table.lines) + "\n";
    }

    private String build() {
        List<String> problems = Remarks.problems(summary.fit());
        lines.addAll(problems);
        if (!problems.isEmpty()) {
            lines.add("");
        }
        if (!(summary.fit().convergence() instanceof Convergence.Failed)) {
            if (parts.header()) {
                lines.addAll(
                        summary.fit().generalized()
                                ? GeneralizedHeader.of(summary, parts)
                                : TableHeader.of(summary, parts.groups()));
            }
            if (summary.fit().generalized()) {
                generalized();
            } else if (parts.fixed()) {
                fixed();
            }
            if (parts.random()) {
                if (!summary.fit().generalized() || parts.apart()) {
                    random();
                }
                likelihoodRatio();
            }
            if (parts.apart()) {
                approximation();
            }
            lines.add("");
        }
        lines.addAll(Remarks.after(summary));
        return String.join("\n", lines) + "\n";
    }

    private void generalized() {
        if (parts.fixed() || parts.random() && !parts.apart()) {
            GeneralizedTable table = new GeneralizedTable(summary, parts);
            lines.addAll(table.lines(TableHeader.clusters(summary, 78 + table.extraColumns())));
        }
    }

    private int extra() {
        int fixed = Math.max(
                summary.fit().model().responseName().length(),
                summary.fixed().stream().mapToInt(c -> c.name().length()).max().orElse(0));
        int random = estimates(
                        summary.residual().parameters(), summary.residual().standardDeviations())
                .stream()
                .mapToInt(e -> e.name().length())
                .max()
                .orElse(0);
        for (RandomSummary r : summary.random()) {
            random = Math.max(random, heading(r).length() - 1);
            for (Estimate e : estimates(r.parameters(), r.standardDeviations())) {
                random = Math.max(random, StataNames.parameter(summary, r, e).length());
            }
        }
        return Math.max(0, Math.max(fixed - 12, random - 28));
    }

    private List<Estimate> estimates(List<Estimate> variances, List<Estimate> deviations) {
        return metric == Metric.VARIANCE ? variances : deviations;
    }

    private String rule() {
        return "-".repeat(78 + extra);
    }

    private String name(String text, int width) {
        return GeneralFormat.pad(text, width + extra) + " |";
    }

    private String intervalTitle() {
        return intervalTitle(summary);
    }

    /** {@code [95% conf. interval]}. */
    static String intervalTitle(Summary summary) {
        double level = summary.level();
        String percent = level == Math.rint(level) ? Long.toString(Math.round(level)) : Double.toString(level);
        return GeneralFormat.pad("[" + percent + "% conf. interval]", 25);
    }

    private void fixed() {
        if (summary.fixed().isEmpty()) {
            return;
        }
        lines.add("");
        boolean robust = summary.robust() != null;
        String clusters = TableHeader.clusters(summary, 78 + extra);
        if (clusters != null) {
            lines.add(clusters);
        }
        lines.add(rule());
        if (robust) {
            lines.add(name("", 12) + GeneralFormat.pad("Robust", 21));
        }
        lines.add(name(summary.fit().model().responseName(), 12) + " Coefficient  " + (robust ? "std" : "Std")
                + ". err.      z    P>|z|" + intervalTitle());
        lines.add("-".repeat(13 + extra) + '+' + "-".repeat(64));
        for (Coefficient c : summary.fixed()) {
            lines.add(name(c.name(), 12) + "  " + GeneralFormat.nine(c.estimate()) + "  " + nine(c.standardError())
                    + ' '
                    + GeneralFormat.twoDecimals(orNaN(c.statistic()), 8) + "   "
                    + GeneralFormat.pad(GeneralFormat.probability(orNaN(c.pValue()), 3), 5) + "    " + nine(c.lower())
                    + "   " + nine(c.upper()));
        }
        lines.add(rule());
    }

    private void random() {
        lines.add("");
        lines.add(rule());
        boolean robust = summary.robust() != null;
        if (robust) {
            lines.add(name("", 28) + GeneralFormat.pad("Robust", 21));
        }
        lines.add(String.format(Locale.ROOT, "%-" + (29 + extra) + "s", "  Random-effects parameters")
                + "|   Estimate   " + (robust ? "std" : "Std") + ". err." + intervalTitle());
        for (RandomSummary r : summary.random()) {
            divider();
            heading(heading(r));
            byLevel(estimates(r.parameters(), r.standardDeviations()), e -> StataNames.parameter(summary, r, e));
        }
        empty();
        if (!summary.fit().generalized()) {
            divider();
            if (summary.residual().term() != null) {
                heading("Residual: " + StataNames.residual(summary));
            }
            byLevel(
                    estimates(
                            summary.residual().parameters(), summary.residual().standardDeviations()),
                    Estimate::name);
        }
        lines.add(rule());
    }

    /** Stata's line for a group that has residuals only. */
    private void empty() {
        Term term = summary.residual().term();
        boolean stata = summary.fit().model().spec().language() == Language.STATA;
        if (stata && term != null && !term.group().isEmpty() && summary.random().isEmpty()) {
            divider();
            heading(StataNames.group(summary, term.group()) + ": (empty)");
        }
    }

    /** Parameters of one level below its name. */
    private void byLevel(List<Estimate> estimates, Function<Estimate, String> name) {
        String level = null;
        for (Estimate e : estimates) {
            if (e.level() != null && !e.level().equals(level)) {
                level = e.level();
                heading(GeneralFormat.pad(level + ":", 20));
            }
            estimate(name.apply(e), e);
        }
    }

    private void divider() {
        lines.add("-".repeat(29 + extra) + '+' + "-".repeat(48));
    }

    private void heading(String text) {
        lines.add(String.format(Locale.ROOT, "%-" + (29 + extra) + "s|", text));
    }

    private String heading(RandomSummary r) {
        return StataNames.group(summary, r.term().group()) + ": "
                + (r.term().structure().title().isEmpty()
                        ? capitalized(r.structure())
                        : r.term().structure().title());
    }

    static String capitalized(String s) {
        return s.isEmpty() ? s : Character.toUpperCase(s.charAt(0)) + s.substring(1);
    }

    private void estimate(String name, Estimate e) {
        lines.add(name(name, 28) + "  " + GeneralFormat.nine(e.estimate()) + "  " + nine(e.standardError()) + "     "
                + nine(e.lower()) + "   " + nine(e.upper()));
    }

    private void likelihoodRatio() {
        LikelihoodRatioTest t = summary.versusNoRandomEffects();
        if (t == null || !parts.test()) {
            return;
        }
        String smaller = summary.fit().generalized()
                ? GeneralizedNames.of(summary.fit().model().spec()).model() + " model"
                : parts.linear();
        String left = "LR test vs. " + smaller + ": " + t.distribution() + " = "
                + String.format(Locale.ROOT, "%.2f", t.statistic());
        String right =
                (t.mixture() ? "Prob >= chibar2 = " : "Prob > chi2 = ") + GeneralFormat.probability(t.pValue(), 4);
        lines.add(left + GeneralFormat.pad(right, Math.max(right.length() + 1, 78 + extra - left.length())));
        if (!t.mixture()) {
            lines.add("");
            lines.add("Note: LR test is conservative and provided only for reference.");
        }
    }

    /** The older commands say so below their tables. */
    private void approximation() {
        Fit.Integrated i = summary.fit().integrated();
        if (i != null && i.method().equals("laplace")) {
            lines.add("Note: Log-likelihood calculations are based on the Laplacian approximation.");
        }
    }

    private static String nine(@Nullable Double x) {
        return GeneralFormat.nine(orNaN(x));
    }

    private static double orNaN(@Nullable Double x) {
        return x == null ? Double.NaN : x;
    }
}
