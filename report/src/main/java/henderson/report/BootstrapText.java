package henderson.report;

import henderson.inference.Bootstrap;
import henderson.inference.BootstrapQuantity;
import henderson.inference.BootstrapQuantity.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A parametric bootstrap as a table. */
public final class BootstrapText {
    private static final int NAMES = 26;
    private static final int MOST_FAILURES = 5;
    private static final String RULE = "-".repeat(NAMES + 2) + "+" + "-".repeat(62);

    private BootstrapText() {}

    /** The interval that is shown. */
    public enum Interval {
        /** Quantiles. */
        PERCENTILE("Percentile"),
        /** Quantiles reflected. */
        BASIC("Basic"),
        /** Bias and standard error. */
        NORMAL("Normal");

        private final String word;

        Interval(String word) {
            this.word = word;
        }

        private BootstrapQuantity.@Nullable Interval of(BootstrapQuantity q) {
            return switch (this) {
                case PERCENTILE -> q.percentile();
                case BASIC -> q.basic();
                case NORMAL -> q.normal();
            };
        }
    }

    /** The text, each line ended by a newline. */
    public static String of(Bootstrap bootstrap, Interval interval, Metric metric) {
        List<String> lines = new ArrayList<>();
        header(bootstrap, lines);
        lines.add("");
        lines.add(" ".repeat(NAMES + 2) + "|             Std. err.  Std. err.");
        String title = String.format(
                Locale.ROOT,
                "%s |  Estimate  bootstrap    Hessian      Bias    [%s, %s %%]",
                pad(bootstrap.fit().model().responseName()),
                interval.word,
                GeneralFormat.format(bootstrap.options().level(), 6));
        lines.add(title);
        String group = "";
        for (BootstrapQuantity q : bootstrap.quantities()) {
            boolean hidden = q.kind() == (metric == Metric.SD ? Kind.VARIANCE : Kind.STANDARD);
            if (hidden) {
                continue;
            }
            String own = q.group() == null ? q.kind().name() : q.group();
            if (!own.equals(group)) {
                lines.add(RULE);
                if (q.group() != null && !q.group().equals("Residual")) {
                    lines.add(pad(q.group() + ":") + " |");
                }
                group = own;
            }
            lines.add(line(q, interval));
        }
        lines.add(RULE);
        remarks(bootstrap, metric, lines);
        return EstatText.text(lines);
    }

    private static void header(Bootstrap b, List<String> lines) {
        lines.add("Parametric bootstrap"
                + (b.options().conditional() ? ", random effects held at their predictions" : ""));
        lines.add("Model:       " + b.fit().model().spec().formula());
        lines.add("Criterion:   "
                + (b.fit().generalized() ? "ML" : b.fit().options().criterion()) + ", log-likelihood "
                + String.format(Locale.ROOT, "%.5f", b.fit().logLikelihood()));
        lines.add("Drawn:       " + b.drawn());
        lines.add("Seed:        " + b.options().seed());
        lines.add("Replicates:  " + GeneralFormat.count(b.replicates().length) + " ("
                + GeneralFormat.count(b.boundary()) + " on a boundary, "
                + GeneralFormat.count(b.failures().size())
                + " failed)");
    }

    private static String line(BootstrapQuantity q, Interval interval) {
        BootstrapQuantity.Interval ends = interval.of(q);
        return pad(q.label()) + " | " + number(q.estimate()) + "  " + number(q.standardError()) + "  "
                + number(q.hessianError()) + " " + number(q.bias()) + "  "
                + number(ends == null ? null : (Double) ends.lower()) + "  "
                + number(ends == null ? null : (Double) ends.upper());
    }

    private static String number(@Nullable Double x) {
        return x == null ? GeneralFormat.pad(".", 9) : GeneralFormat.nine(x);
    }

    private static String pad(String name) {
        return GeneralFormat.pad(name.length() > NAMES ? name.substring(0, NAMES - 1) + "~" : name, NAMES + 1);
    }

    private static void remarks(Bootstrap b, Metric metric, List<String> lines) {
        for (BootstrapQuantity q : b.quantities()) {
            if (q.undefined() > 0 && metric == Metric.SD) {
                lines.add(Objects.requireNonNullElse(q.group(), "") + " " + q.label() + " is not defined in "
                        + GeneralFormat.count(q.undefined()) + " replicates, where a variance is zero.");
            }
        }
        for (int i = 0; i < b.failures().size() && i < MOST_FAILURES; i++) {
            Bootstrap.Failure f = b.failures().get(i);
            lines.add("Replicate " + f.replicate() + " of seed " + b.options().seed() + " failed: " + f.reason()
                    + (f.reason().endsWith(".") ? "" : "."));
        }
        if (b.failures().size() > MOST_FAILURES) {
            lines.add(GeneralFormat.count(b.failures().size() - MOST_FAILURES)
                    + " more failed; --output json and --save-replicates name them.");
        }
    }
}
