package henderson.report;

import henderson.api.DataReport.Group;
import henderson.api.Fit;
import henderson.api.Language;
import henderson.inference.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines above the coefficients of a generalized model: what family, sample, groups, integration, test, log likelihood. */
final class GeneralizedHeader {
    private static final int LEFT = 48;

    private final Summary summary;
    private final List<String> lines = new ArrayList<>();

    private GeneralizedHeader(Summary summary) {
        this.summary = summary;
    }

    static List<String> of(Summary summary, TableParts parts) {
        return new GeneralizedHeader(summary).build(parts);
    }

    private List<String> build(TableParts parts) {
        List<String> titles = GeneralizedNames.titles(summary, parts.glm());
        line(titles.get(0), "Number of obs", GeneralFormat.count(summary.observations()));
        lines.addAll(titles.subList(1, titles.size()));
        List<Group> groups = parts.groups() ? TableHeader.groups(summary) : List.of();
        if (groups.size() == 1) {
            oneGroup(groups.get(0));
        } else if (groups.size() > 1) {
            lines.addAll(TableHeader.groupTable(groups));
        }
        String points = parts.apart() ? points() : "";
        if (!parts.apart()) {
            integration();
        }
        Double chi2 = summary.wald().statistic();
        Double p = summary.wald().pValue();
        line(
                points,
                "Wald chi2(" + summary.wald().df() + ")",
                GeneralFormat.twoDecimals(chi2 == null ? Double.NaN : chi2, 11).strip());
        line(
                (summary.robust() != null ? "Log pseudolikelihood = " : "Log likelihood = ")
                        + GeneralFormat.pad(GeneralFormat.format(summary.fit().logLikelihood(), 10), 10),
                "Prob > chi2",
                GeneralFormat.probability(p == null ? Double.NaN : p, 4));
        return lines;
    }

    private void line(String left, String label, String value) {
        lines.add(String.format(Locale.ROOT, "%-" + LEFT + "s%-18s=%11s", left, label, value));
    }

    private void oneGroup(Group g) {
        line("Group variable: " + g.name(), "Number of groups", GeneralFormat.count(g.count()));
        lines.add("");
        lines.add(" ".repeat(LEFT) + "Obs per group:");
        statistic("min", GeneralFormat.count(g.min()));
        statistic("avg", String.format(Locale.ROOT, "%,.1f", g.mean()));
        statistic("max", GeneralFormat.count(g.max()));
        lines.add("");
    }

    private void statistic(String label, String value) {
        lines.add(String.format(Locale.ROOT, "%" + (LEFT + 17) + "s =%11s", label, value));
    }

    /** The older commands call Laplace's approximation a quadrature with one point. */
    private String points() {
        Fit.Integrated i = summary.fit().integrated();
        return i == null || summary.random().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, "Integration points = %3d", i.method().equals("laplace") ? 1 : i.points());
    }

    /** Laplace's approximation has no points to tell of. */
    private void integration() {
        Fit.Integrated i = summary.fit().integrated();
        if (i == null || summary.random().isEmpty()) {
            return;
        }
        boolean stata = summary.fit().model().spec().language() == Language.STATA;
        String method = "Integration method: " + (stata && i.method().equals("agq") ? "mcaghermite" : i.method());
        if (i.method().equals("laplace")) {
            lines.add(method);
        } else {
            line(method, "Integration pts.", Integer.toString(i.points()));
        }
        lines.add("");
    }
}
