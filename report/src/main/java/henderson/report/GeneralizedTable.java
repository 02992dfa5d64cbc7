package henderson.report;

import henderson.api.Expression;
import henderson.api.Fit;
import henderson.api.Language;
import henderson.inference.Coefficient;
import henderson.inference.Estimate;
import henderson.inference.RandomSummary;
import henderson.inference.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A generalized model in the layout of Stata's {@code me} commands: coefficients, parameters of the family and variance
 * components in one table; covariances have a test, variances have none.
 */
final class GeneralizedTable {
    /** Columns of statistic and p-value. */
    private static final String NO_TEST = " ".repeat(21);

    private final Summary summary;
    private final TableParts parts;
    private final GeneralizedNames names;
    private final int extra;
    private final List<String> lines = new ArrayList<>();

    GeneralizedTable(Summary summary, TableParts parts) {
        this.summary = summary;
        this.parts = parts;
        this.names = GeneralizedNames.of(summary.fit().model().spec());
        this.extra = extra();
    }

    private int extra() {
        int most = summary.fit().model().responseName().length();
        for (Coefficient c : summary.fixed()) {
            most = Math.max(most, c.name().length());
        }
        for (Estimate e : summary.auxiliary()) {
            most = Math.max(most, auxiliaryName(e).length());
        }
        for (Expression o : summary.fit().model().spec().formula().offsets()) {
            most = Math.max(most, offset(o).length());
        }
        for (RandomSummary r : summary.random()) {
            most = Math.max(most, StataNames.path(summary, r.term().group()).length() - 1);
            for (Estimate e : estimates(r)) {
                most = Math.max(most, e.name().length() - 1);
            }
        }
        return Math.max(0, most - 12);
    }

    private List<Estimate> estimates(RandomSummary r) {
        return parts.metric() == Metric.VARIANCE ? r.parameters() : r.standardDeviations();
    }

    /** The rows, between rules. */
    List<String> lines(@Nullable String clusters) {
        lines.add("");
        if (clusters != null) {
            lines.add(clusters);
        }
        lines.add(rule());
        title();
        if (parts.fixed()) {
            divider();
            summary.fixed().forEach(this::coefficient);
            summary.fit().model().spec().formula().offsets().forEach(this::offsetRow);
        }
        if (!parts.apart()) {
            auxiliaries();
        }
        if (parts.random() && !parts.apart()) {
            summary.random().forEach(this::random);
        }
        if (!parts.apart()) {
            summary.auxiliary().stream().filter(GeneralizedTable::isVariance).forEach(e -> {
                divider();
                variance(e, "var(e." + summary.fit().model().responseName() + ')');
            });
        }
        lines.add(rule());
        if (parts.exponentiated() && parts.fixed()) {
            notes();
        }
        return lines;
    }

    int extraColumns() {
        return extra;
    }

    private String rule() {
        return "-".repeat(78 + extra);
    }

    private void divider() {
        lines.add("-".repeat(13 + extra) + '+' + "-".repeat(64));
    }

    private void title() {
        boolean robust = summary.robust() != null;
        if (robust) {
            lines.add(" ".repeat(12 + extra) + " |" + GeneralFormat.pad("Robust", 21));
        }
        String head = " Coefficient  ";
        if (parts.exponentiated()) {
            String ratio = names.ratio() == null ? "exp(b)" : names.ratio();
            head = GeneralFormat.pad(ratio, 11) + "   ";
        }
        lines.add(name(summary.fit().model().responseName()) + head + (robust ? "std" : "Std")
                + ". err.      z    P>|z|" + StataTable.intervalTitle(summary));
    }

    private String name(String text) {
        return GeneralFormat.pad(text, 12 + extra) + " |";
    }

    private void coefficient(Coefficient c) {
        double b = c.estimate();
        double scale = parts.exponentiated() ? Math.exp(b) : 1;
        lines.add(name(c.name()) + "  " + GeneralFormat.nine(shown(b)) + "  "
                + GeneralFormat.nine(scale * orNaN(c.standardError()))
                + test(c.statistic(), c.pValue()) + GeneralFormat.nine(shown(orNaN(c.lower()))) + "   "
                + GeneralFormat.nine(shown(orNaN(c.upper()))));
    }

    private double shown(double b) {
        return parts.exponentiated() ? Math.exp(b) : b;
    }

    private static String test(@Nullable Double statistic, @Nullable Double p) {
        return ' ' + GeneralFormat.twoDecimals(orNaN(statistic), 8) + "   "
                + GeneralFormat.pad(GeneralFormat.probability(orNaN(p), 3), 5) + "    ";
    }

    /** {@code os}, or {@code ln(expected)} for an exposure. */
    private String offset(Expression o) {
        boolean logarithm = o instanceof Expression.Call c && c.function().equals("log");
        return logarithm && isStata() ? "ln" + o.toString().substring(3) : o.toString();
    }

    private boolean isStata() {
        return summary.fit().model().spec().language() == Language.STATA;
    }

    private void offsetRow(Expression o) {
        boolean exposure = o instanceof Expression.Call c && c.function().equals("log");
        lines.add(name(offset(o)) + "  " + GeneralFormat.pad("1", 9) + (exposure ? "  (exposure)" : "  (offset)"));
    }

    private static boolean isVariance(Estimate e) {
        return e.name().startsWith("var(");
    }

    private static boolean isLogarithm(Estimate e) {
        return !isCut(e) && !isVariance(e) && e.estimate() > 0;
    }

    private static boolean isCut(Estimate e) {
        return e.name().matches("cut\\d+");
    }

    private static String auxiliaryName(Estimate e) {
        return isCut(e) ? '/' + e.name() : isLogarithm(e) ? "/ln" + e.name() : e.name();
    }

    private void auxiliaries() {
        List<Estimate> own =
                summary.auxiliary().stream().filter(e -> !isVariance(e)).toList();
        if (!own.isEmpty()) {
            divider();
            own.forEach(this::auxiliary);
        }
    }

    private void auxiliary(Estimate e) {
        if (!isLogarithm(e)) {
            lines.add(name(auxiliaryName(e)) + "  " + GeneralFormat.nine(e.estimate()) + "  "
                    + GeneralFormat.nine(orNaN(e.standardError())) + NO_TEST + interval(e.lower(), e.upper()));
            return;
        }
        double log = Math.log(e.estimate()); // standard error by the delta method
        Double se = e.standardError() == null ? null : (Double) (e.standardError() / e.estimate());
        Estimate l = new Estimate(e.name(), null, log, se, null, null, e.boundary());
        lines.add(name(auxiliaryName(e)) + "  " + GeneralFormat.nine(log) + "  " + GeneralFormat.nine(orNaN(se))
                + test(l.statistic(), l.pValue())
                + interval(
                        e.lower() == null ? null : (Double) Math.log(e.lower()),
                        e.upper() == null ? null : (Double) Math.log(e.upper())));
    }

    private static String interval(@Nullable Double lower, @Nullable Double upper) {
        return GeneralFormat.nine(orNaN(lower)) + "   " + GeneralFormat.nine(orNaN(upper));
    }

    private void random(RandomSummary r) {
        List<Estimate> all = estimates(r);
        List<Estimate> plain = all.stream().filter(e -> !isCovariance(e)).toList();
        List<Estimate> tested = all.stream().filter(this::isCovariance).toList();
        block(r, plain, false);
        block(r, tested, parts.metric() == Metric.VARIANCE);
    }

    private boolean isCovariance(Estimate e) {
        return e.name().startsWith("cov(") || e.name().startsWith("corr(");
    }

    private void block(RandomSummary r, List<Estimate> rows, boolean tested) {
        if (rows.isEmpty()) {
            return;
        }
        divider();
        lines.add(String.format(
                Locale.ROOT,
                "%-" + (13 + extra) + "s|",
                StataNames.path(summary, r.term().group())));
        for (Estimate e : rows) {
            if (tested) {
                lines.add(component(e.name())
                        + numbers(e)
                        + test(e.statistic(), e.pValue())
                        + interval(e.lower(), e.upper()));
            } else {
                variance(e, e.name());
            }
        }
    }

    private String component(String name) {
        return GeneralFormat.pad(name, 13 + extra) + '|';
    }

    private static String numbers(Estimate e) {
        return "  " + GeneralFormat.nine(e.estimate()) + "  " + GeneralFormat.nine(orNaN(e.standardError()));
    }

    private void variance(Estimate e, String name) {
        lines.add(component(name) + numbers(e) + NO_TEST + interval(e.lower(), e.upper()));
    }

    private void notes() {
        lines.add("Note: Estimates are transformed only in the first equation to " + names.ratios() + ".");
        Fit fit = summary.fit();
        int constant = fit.model().interceptColumn();
        if (constant >= 0 && !names.baseline().isEmpty()) {
            lines.add("Note: " + summary.fixed().get(constant).name() + " estimates " + names.baseline()
                    + (summary.random().isEmpty() ? "." : " (conditional on zero random effects)."));
        }
    }

    private static double orNaN(@Nullable Double x) {
        return x == null ? Double.NaN : x;
    }
}
