package henderson.report;

import henderson.api.Criterion;
import henderson.api.DataReport.Group;
import henderson.api.Fit;
import henderson.inference.RobustCovariance;
import henderson.inference.Summary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines above the coefficients: title, sample, groups, test of all slopes, log likelihood. */
final class TableHeader {
    private static final int LEFT = 51;
    private static final String INDENT = " ".repeat(8);

    private final Summary summary;
    private final List<String> lines = new ArrayList<>();

    private TableHeader(Summary summary) {
        this.summary = summary;
    }

    /** With or without the table of grouping factors. */
    static List<String> of(Summary summary, boolean groups) {
        return new TableHeader(summary).build(groups);
    }

    private List<String> build(boolean withGroups) {
        Fit fit = summary.fit();
        boolean reml = fit.options().criterion() == Criterion.REML;
        RobustCovariance robust = summary.robust();
        String kind = robust != null ? "" : reml ? "REML " : "ML ";
        line("Mixed-effects " + kind + "regression", "Number of obs", count(summary.observations()));
        List<Group> groups = withGroups ? groups(summary) : List.of();
        if (groups.size() == 1) {
            oneGroup(groups.get(0));
        } else if (groups.size() > 1) {
            lines.addAll(groupTable(groups));
        }
        Double chi2 = summary.wald().statistic();
        Double p = summary.wald().pValue();
        line(
                "",
                "Wald chi2(" + summary.wald().df() + ")",
                GeneralFormat.twoDecimals(chi2 == null ? Double.NaN : chi2, 9));
        line(
                (robust != null
                                ? "Log pseudolikelihood = "
                                : reml ? "Log restricted-likelihood = " : "Log likelihood = ")
                        + GeneralFormat.pad(GeneralFormat.format(fit.logLikelihood(), 10), 10),
                "Prob > chi2",
                GeneralFormat.probability(p == null ? Double.NaN : p, 4));
        return lines;
    }

    /** The line above the coefficients that names the clusters, or null. */
    static @Nullable String clusters(Summary summary, int width) {
        RobustCovariance robust = summary.robust();
        if (robust == null || robust.cluster().isEmpty()) {
            return null;
        }
        String text = "(Std. err. adjusted for " + GeneralFormat.count(robust.clusters()) + " clusters in "
                + StataNames.group(summary, robust.cluster()) + ")";
        return GeneralFormat.pad(text, Math.max(width, text.length()));
    }

    private void line(String left, String label, String value) {
        lines.add(String.format(Locale.ROOT, "%-" + LEFT + "s%-17s=%9s", left, label, value));
    }

    /** Grouping factors of the random terms, each once, in the model's order. */
    static List<Group> groups(Summary summary) {
        Set<String> names = new LinkedHashSet<>();
        summary.random().forEach(r -> names.add(r.term().group()));
        List<Group> out = new ArrayList<>();
        for (String name : names) {
            summary.fit().model().report().groups().stream()
                    .filter(g -> g.name().equals(name))
                    .findFirst()
                    .map(g -> StataNames.group(summary, g))
                    .filter(g -> !out.contains(g))
                    .ifPresent(out::add);
        }
        return out;
    }

    private void oneGroup(Group g) {
        line("Group variable: " + g.name(), "Number of groups", count(g.count()));
        lines.add(" ".repeat(LEFT) + "Obs per group:");
        lines.add(statistic("min", count(g.min())));
        lines.add(statistic("avg", average(g)));
        lines.add(statistic("max", count(g.max())));
    }

    private static String statistic(String label, String value) {
        return String.format(Locale.ROOT, "%" + (LEFT + 16) + "s =%9s", label, value);
    }

    static List<String> groupTable(List<Group> groups) {
        List<String> lines = new ArrayList<>();
        int wide = Math.max(
                15, groups.stream().mapToInt(g -> g.name().length()).max().orElse(0) + 1);
        String rule = INDENT + "-".repeat(wide + 46);
        String row = INDENT + "%" + wide + "s |%11s%11s%11s%11s";
        lines.add("");
        lines.add(INDENT + "Grouping information");
        lines.add(rule);
        lines.add(INDENT + " ".repeat(wide) + " |     No. of       Observations per group");
        lines.add(String.format(Locale.ROOT, row, "Group variable", "groups", "Minimum", "Average", "Maximum"));
        lines.add(INDENT + "-".repeat(wide + 1) + '+' + "-".repeat(44));
        for (Group g : groups) {
            lines.add(String.format(
                    Locale.ROOT, row, g.name(), count(g.count()), count(g.min()), average(g), count(g.max())));
        }
        lines.add(rule);
        lines.add("");
        return lines;
    }

    private static String average(Group g) {
        return String.format(Locale.ROOT, "%,.1f", g.mean());
    }

    private static String count(long n) {
        return GeneralFormat.count(n);
    }
}
