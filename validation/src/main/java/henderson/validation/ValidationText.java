package henderson.validation;

import henderson.validation.CaseResult.Outcome;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A report as an aligned table: the fewest digits of each kind of figure, then what falls short, then one line in all. */
public final class ValidationText {
    private static final int SHORTFALLS_SHOWN = 8;

    private final ValidationReport report;
    private final List<Quantity> columns;
    private final int idWidth;
    private final int estimatorWidth;
    private final StringBuilder out = new StringBuilder();

    private ValidationText(ValidationReport report) {
        this.report = report;
        this.columns = Arrays.stream(Quantity.values())
                .filter(q -> q != Quantity.FACT && shown(q))
                .toList();
        this.idWidth =
                width("case", report.results().stream().map(CaseResult::id).toList());
        this.estimatorWidth = width(
                "estimator",
                report.results().stream().map(CaseResult::estimator).toList());
    }

    private boolean shown(Quantity q) {
        return report.results().stream().anyMatch(r -> !Double.isNaN(r.fewestDigits(q)));
    }

    private static int width(String heading, List<String> texts) {
        return texts.stream().mapToInt(String::length).reduce(heading.length(), Math::max);
    }

    /** The whole report; the last line is {@link ValidationReport#summaryLine()}. */
    public static String of(ValidationReport report) {
        return new ValidationText(report).text();
    }

    private String text() {
        if (!columns.isEmpty()) {
            line(
                    "Digits of agreement with the reference, the fewest of each kind; demanded digits are met unless marked <; > is a higher likelihood.");
            line("");
        }
        heading();
        report.results().forEach(this::row);
        report.results().stream()
                .filter(r -> r.outcome() == Outcome.FALLS_SHORT)
                .forEach(this::shortfalls);
        report.results().forEach(this::higher);
        line("");
        line(report.summaryLine());
        return out.toString();
    }

    private void heading() {
        StringBuilder s = new StringBuilder(pad("case", idWidth)).append("  ").append(pad("estimator", estimatorWidth));
        columns.forEach(q -> s.append("  ").append(q.label()));
        line(s.append("  outcome").toString());
    }

    private void row(CaseResult r) {
        StringBuilder s =
                new StringBuilder(pad(r.id(), idWidth)).append("  ").append(pad(r.estimator(), estimatorWidth));
        for (Quantity q : columns) {
            int width = q.label().length();
            s.append("  ").append(String.format(Locale.ROOT, "%" + width + "s", cell(r, q)));
        }
        line(s.append("  ").append(outcome(r)).toString());
    }

    private static String cell(CaseResult r, Quantity q) {
        double digits = r.fewestDigits(q);
        if (Double.isNaN(digits)) {
            return r.checks().isEmpty() ? "" : ".";
        }
        boolean falls = r.checks().stream().anyMatch(k -> k.quantity() == q && !k.agrees());
        boolean higher = r.checks().stream().anyMatch(k -> k.quantity() == q && k.higher());
        return (falls ? "<" : higher ? ">" : "") + digits(digits);
    }

    private static String digits(double digits) {
        return String.format(Locale.ROOT, "%.1f", Math.floor(10 * digits) / 10);
    }

    private static String outcome(CaseResult r) {
        return switch (r.outcome()) {
            case AGREES -> "agrees";
            case FALLS_SHORT -> "falls short";
            case SKIPPED -> "skipped: " + r.reason();
        };
    }

    private void higher(CaseResult r) {
        for (Check k : r.checks()) {
            if (k.higher()) {
                double by = new BigDecimal(k.got())
                        .subtract(new BigDecimal(k.expected()))
                        .doubleValue();
                line("");
                line(String.format(
                        Locale.ROOT,
                        "%s by %s: the log-likelihood is higher than the reference's by %.2g, which stopped short of the maximum.",
                        r.id(),
                        r.estimator(),
                        by));
            }
        }
    }

    private void shortfalls(CaseResult r) {
        line("");
        line(r.id() + (r.estimator().isEmpty() ? "" : " by " + r.estimator()) + " falls short:");
        if (r.reason() != null) {
            line("  " + r.reason());
        }
        List<Check> all = r.shortfalls();
        all.stream().limit(SHORTFALLS_SHOWN).forEach(this::shortfall);
        if (all.size() > SHORTFALLS_SHOWN) {
            line("  and " + (all.size() - SHORTFALLS_SHOWN) + " more");
        }
    }

    private void shortfall(Check k) {
        String digits = k.quantity() == Quantity.FACT
                ? ""
                : ": " + digits(k.digits()) + " digits of " + digits(k.demanded()) + " demanded";
        line("  " + k.quantity().label() + " " + k.name() + ": expected " + k.expected() + ", got " + k.got() + digits);
    }

    private static String pad(String s, int width) {
        return s + " ".repeat(width - s.length());
    }

    private void line(String s) {
        out.append(s.stripTrailing()).append(System.lineSeparator());
    }
}
