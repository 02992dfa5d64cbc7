package henderson.report;

import henderson.inference.GroupRegressions;
import henderson.inference.GroupRegressions.ColumnSummary;
import henderson.inference.GroupRegressions.Level;
import henderson.inference.Regression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Least squares by group as text. */
public final class GroupsText {
    private final GroupRegressions groups;
    private final int wide;
    private final List<String> lines = new ArrayList<>();

    private GroupsText(GroupRegressions groups) {
        this.groups = groups;
        int longest = 12;
        for (String name : groups.names()) {
            longest = Math.max(longest, name.length());
        }
        for (Level level : groups.levels()) {
            longest = Math.max(longest, level.name().length());
        }
        this.wide = longest;
    }

    /**
     * The text, each line ended by a newline.
     *
     * @param formula what was fitted
     * @param each    whether every group has its line
     */
    public static String of(GroupRegressions groups, String formula, boolean each) {
        return new GroupsText(groups).build(formula, each);
    }

    private String build(String formula, boolean each) {
        long complete = groups.levels().stream().filter(l -> l.fit().complete()).count();
        lines.add(
                "Least squares in each of " + groups.levels().size() + " levels of " + groups.group() + ": " + formula);
        if (complete < groups.levels().size()) {
            lines.add((groups.levels().size() - complete)
                    + " of them do not determine every coefficient, and are left out" + " of what follows.");
        }
        lines.add("");
        if (each) {
            levels();
        }
        summaries();
        if (groups.covariance() != null) {
            lines.add("");
            lines.add("Covariance of the coefficients over " + complete + " levels");
            lines.add("");
            lines.addAll(EstatText.lowerTriangle(groups.names(), groups.covariance()));
        }
        comparison();
        return EstatText.text(lines);
    }

    private void levels() {
        StringBuilder head = new StringBuilder(GeneralFormat.pad(groups.group(), wide) + " |       Rows");
        groups.names().forEach(n -> head.append(GeneralFormat.pad(n, cell())));
        lines.add(head.toString());
        lines.add("-".repeat(wide + 1)
                + '+'
                + "-".repeat(11 + cell() * groups.names().size()));
        for (Level level : groups.levels()) {
            StringBuilder row = new StringBuilder(GeneralFormat.pad(level.name(), wide) + " |"
                    + GeneralFormat.pad(GeneralFormat.format(level.rows(), 9), 11));
            for (double b : level.fit().coefficients()) {
                row.append(GeneralFormat.pad(GeneralFormat.format(b, 9), cell()));
            }
            lines.add(row.toString());
        }
        lines.add("");
    }

    private int cell() {
        int cell = 12;
        for (String name : groups.names()) {
            cell = Math.max(cell, name.length() + 2);
        }
        return cell;
    }

    private void summaries() {
        lines.add(GeneralFormat.pad("Variable", wide) + " |        Obs        Mean   Std. dev.       Min        Max");
        lines.add("-".repeat(wide + 1) + '+' + "-".repeat(57));
        for (ColumnSummary s : groups.summaries()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s |%11d   %s   %s  %s  %s",
                    GeneralFormat.pad(s.name(), wide),
                    s.levels(),
                    GeneralFormat.nine(s.mean()),
                    GeneralFormat.nine(s.sd()),
                    GeneralFormat.nine(s.min()),
                    GeneralFormat.nine(s.max())));
        }
    }

    private void comparison() {
        lines.add("");
        lines.add("All levels together (standard errors beside the coefficients)");
        lines.add("");
        lines.add(GeneralFormat.pad("", wide) + " |       Pooled               |       Within               |"
                + "      Between");
        lines.add("-".repeat(wide + 1) + '+' + ("-".repeat(28) + "+").repeat(2) + "-".repeat(24));
        for (int j = 0; j < groups.names().size(); j++) {
            lines.add(GeneralFormat.pad(groups.names().get(j), wide) + " |" + pair(groups.pooled(), j) + "    |"
                    + pair(groups.within(), j) + "    |" + pair(groups.between(), j));
        }
    }

    private static String pair(@Nullable Regression r, int j) {
        double b = r == null ? Double.NaN : r.coefficients()[j];
        double se = r == null ? Double.NaN : r.standardErrors()[j];
        return "  " + GeneralFormat.nine(b) + "    " + GeneralFormat.nine(se);
    }
}
