package henderson.cli.stata;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.framework.Henderson;
import henderson.inference.Estimate;
import henderson.inference.GroupCovariance;
import henderson.inference.InformationCriteria;
import henderson.inference.IntraclassCorrelation;
import henderson.inference.Summary;
import henderson.report.EstatText;
import henderson.report.GeneralFormat;
import henderson.report.Metric;
import henderson.report.StataTable;
import henderson.report.TableParts;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** {@code estat recovariance | group | sd | icc | ic | wcorrelation | classification | gof}. */
final class Estat {
    private static final List<String> KNOWN =
            List.of("recovariance", "group", "sd", "icc", "ic", "wcorrelation", "classification", "gof");

    private final Workspace work;
    private final Henderson henderson;
    private final PrintStream out;

    Estat(Workspace work, Henderson henderson) {
        this.work = work;
        this.henderson = henderson;
        this.out = work.out();
    }

    void run(Words words) {
        String word = words.names().isEmpty() ? "" : words.names().get(0);
        List<String> found = KNOWN.contains(word)
                ? List.of(word)
                : KNOWN.stream()
                        .filter(k -> !word.isEmpty() && k.startsWith(word))
                        .toList();
        if (found.size() != 1) {
            throw new HendersonException(
                    "Command: estat has no part '" + word + "'.", "Maybe one of: " + String.join(", ", KNOWN) + ".");
        }
        Fitted fitted = work.current();
        switch (found.get(0)) {
            case "recovariance" -> recovariance(words, fitted);
            case "group" -> out.print(plain(words, StataTable.groups(fitted.summary())));
            case "sd" -> out.print(plain(words, deviations(fitted)));
            case "icc" -> icc(words, fitted);
            case "wcorrelation" -> within(words, fitted);
            case "classification" -> new Binary(work).classification(words);
            case "gof" -> new Binary(work).calibration(words);
            default -> criteria(words, fitted);
        }
    }

    private static String plain(Words words, String text) {
        words.allow();
        return text;
    }

    private static String deviations(Fitted fitted) {
        return StataTable.randomPart(fitted.summary(), TableParts.ALL.withMetric(Metric.SD));
    }

    private void recovariance(Words words, Fitted fitted) {
        words.allow("correlation", "relevel");
        boolean correlation = words.has("correlation", 3);
        String only = words.argument("relevel", 5);
        Summary summary = fitted.summary();
        for (Fit.RandomEstimate r : fitted.fit().random()) {
            String level = StataTable.groupName(summary, r.term().group());
            if (only != null && !only.equals(level)) {
                continue;
            }
            out.println();
            out.println(
                    "Random-effects " + (correlation ? "correlation" : "covariance") + " matrix for level " + level);
            out.println();
            matrix(r.term().columns(), r.covariance(), correlation);
        }
    }

    private void matrix(List<String> names, DMatrixRMaj c, boolean correlation) {
        int wide = Math.max(12, names.stream().mapToInt(String::length).max().orElse(0));
        int column = Math.max(11, wide - 1);
        StringBuilder title = new StringBuilder(" ".repeat(wide + 1) + "|");
        names.forEach(n -> title.append(GeneralFormat.pad(n, column)));
        out.println(title);
        out.println("-".repeat(wide + 1) + "+" + "-".repeat(column * names.size()));
        for (int i = 0; i < names.size(); i++) {
            StringBuilder line = new StringBuilder(GeneralFormat.pad(names.get(i), wide) + " |");
            for (int j = 0; j <= i; j++) {
                double scale = correlation ? Math.sqrt(c.get(i, i) * c.get(j, j)) : 1;
                double v = correlation && i == j ? 1 : c.get(i, j) / scale;
                line.append(GeneralFormat.pad(GeneralFormat.format(v, 9), column));
            }
            out.println(line);
        }
    }

    private void within(Words words, Fitted fitted) {
        words.allow("at", "covariance");
        String at = words.argument("at", 2);
        String level = at == null ? null : at.substring(at.indexOf('=') + 1).strip();
        GroupCovariance g = GroupCovariance.of(fitted.fit(), fitted.fit().model(), level);
        out.println();
        out.print(EstatText.groupCovariance(g, words.has("covariance", 3)));
    }

    private void icc(Words words, Fitted fitted) {
        words.allow("level");
        double level = words.number("level", fitted.summary().level());
        out.println();
        out.println("Intraclass correlation");
        out.println();
        String rule = "-".repeat(78);
        out.println(rule);
        out.println(
                "                       Level |        ICC   Std. err.     [" + number(level) + "% conf. interval]");
        out.println("-".repeat(29) + "+" + "-".repeat(48));
        for (Estimate e : IntraclassCorrelation.of(
                fitted.fit(), nesting(fitted), level, henderson.latentVariance(fitted.fit()))) {
            List<String> names = new ArrayList<>();
            for (String part : e.name().split("\\|")) {
                names.add(StataTable.groupName(fitted.summary(), part));
            }
            out.println(GeneralFormat.pad(String.join("|", names), 28) + " |  " + GeneralFormat.nine(e.estimate())
                    + "  " + nine(e.standardError()) + "     " + nine(e.lower()) + "   " + nine(e.upper()));
        }
        out.println(rule);
    }

    private static String number(double x) {
        return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
    }

    private static String nine(@Nullable Double x) {
        return GeneralFormat.nine(x == null ? Double.NaN : x);
    }

    /** The grouping factors from the outermost, or null where some are crossed. */
    private static @Nullable List<String> nesting(Fitted fitted) {
        Set<String> groups = new LinkedHashSet<>();
        String before = "";
        for (Fit.RandomEstimate r : fitted.fit().random()) {
            String group = r.term().group();
            boolean inside = before.isEmpty() || group.equals(before) || group.startsWith(before + ":");
            if (!inside || group.startsWith("_all:")) {
                return null;
            }
            groups.add(group);
            before = group;
        }
        return List.copyOf(groups);
    }

    private void criteria(Words words, Fitted fitted) {
        words.allow();
        InformationCriteria c = InformationCriteria.of(fitted.summary());
        String rule = "-".repeat(77);
        out.println();
        out.println("Akaike's information criterion and Bayesian information criterion");
        out.println();
        out.println(rule);
        out.println("       Model |          N   ll(null)  ll(model)      df        AIC        BIC");
        out.println("-------------+---------------------------------------------------------------");
        out.println("           . |" + GeneralFormat.pad(GeneralFormat.count(c.observations()), 11)
                + GeneralFormat.pad(".", 11)
                + GeneralFormat.pad(GeneralFormat.format(c.logLikelihood(), 9), 11)
                + GeneralFormat.pad(Integer.toString(c.parameters()), 8)
                + GeneralFormat.pad(GeneralFormat.format(c.aic(), 9), 11)
                + GeneralFormat.pad(GeneralFormat.format(c.bic(), 9), 11));
        out.println(rule);
        out.println("Note: N is the number of observations; df counts every coefficient and variance parameter.");
    }
}
