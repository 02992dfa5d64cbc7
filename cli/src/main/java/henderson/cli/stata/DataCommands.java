package henderson.cli.stata;

import henderson.api.Expression;
import henderson.api.HendersonException;
import henderson.data.Table;
import henderson.data.stata.StataWords;
import henderson.report.GeneralFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Commands that make columns and describe them: {@code generate egen drop summarize correlate}. */
final class DataCommands {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?:(?:byte|int|long|float|double)\\s+)?([\\p{L}_]\\w*)\\s*=(?!=)\\s*(.+)", Pattern.DOTALL);
    private static final Pattern FUNCTION = Pattern.compile("(\\w+)\\s*\\((.*)\\)", Pattern.DOTALL);
    private static final List<String> OF_GROUPS = List.of("count", "mean", "total", "sum", "sd", "min", "max");

    private final Workspace work;

    DataCommands(Workspace work) {
        this.work = work;
    }

    void generate(Words words) {
        words.allow();
        Matcher m = assignment(words);
        double[] values = where(words, work.table().evaluate(expression(m.group(2))));
        add(m.group(1), values);
    }

    void egen(Words words, @Nullable String prefix) {
        words.allow("by");
        Matcher m = assignment(words);
        Matcher f = FUNCTION.matcher(m.group(2).strip());
        if (!f.matches() || !OF_GROUPS.contains(f.group(1))) {
            throw new HendersonException(
                    "Command: '" + m.group(2).strip() + "' is no function of egen.",
                    "Maybe one of: " + String.join(", ", OF_GROUPS) + "; such as egen n = count(x), by(g).");
        }
        double[] x = where(words, work.table().evaluate(expression(f.group(2))));
        String by = words.argument("by", 2);
        int[] groups = groups(by == null ? prefix : by);
        Map<Integer, List<Double>> members = new HashMap<>();
        double[] kept = where(words, new double[x.length]);
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(x[i])) {
                members.computeIfAbsent(groups[i], g -> new ArrayList<>()).add(x[i]);
            }
        }
        Map<Integer, Double> values = new HashMap<>();
        members.forEach((g, list) -> values.put(g, statistic(f.group(1), Moments.of(list))));
        double none = f.group(1).equals("count") || f.group(1).matches("total|sum") ? 0 : Double.NaN;
        double[] out = new double[x.length];
        Arrays.setAll(out, i -> Double.isNaN(kept[i]) ? Double.NaN : values.getOrDefault(groups[i], none));
        add(m.group(1), out);
    }

    private static double statistic(String function, Moments m) {
        return switch (function) {
            case "count" -> m.n();
            case "mean" -> m.mean();
            case "sd" -> m.sd();
            case "min" -> m.min();
            case "max" -> m.max();
            default -> m.mean() * m.n();
        };
    }

    /** A number for each combination of values; missing is a value too. */
    private int[] groups(@Nullable String by) {
        int[] out = new int[(int) work.table().rows()];
        if (by == null) {
            return out;
        }
        Map<List<Integer>, Integer> seen = new HashMap<>();
        for (String name : by.strip().split("\\s+")) {
            int[] codes = work.table().codes(name(name));
            seen.clear();
            for (int i = 0; i < out.length; i++) {
                out[i] = seen.computeIfAbsent(List.of(out[i], codes[i]), k -> seen.size());
            }
        }
        return out;
    }

    void drop(Words words) {
        words.allow();
        if (words.filter() != null || words.names().isEmpty()) {
            throw new HendersonException("Command: drop takes names of columns.");
        }
        for (String name : words.names()) {
            work.table(work.table().without(name(name)));
        }
    }

    void summarize(Words words) {
        words.allow();
        List<String> names = words.names().isEmpty() ? work.table().names() : resolved(words);
        work.out().println();
        work.out().println("    Variable |        Obs        Mean    Std. dev.       Min        Max");
        work.out().println("-------------+---------------------------------------------------------");
        for (String name : names) {
            Moments m = Moments.of(present(where(words, numbers(name))));
            work.out()
                    .println(GeneralFormat.pad(name, 12) + " |" + GeneralFormat.pad(GeneralFormat.count(m.n()), 11)
                            + "   " + GeneralFormat.nine(m.mean()) + "   " + GeneralFormat.nine(m.sd()) + "  "
                            + GeneralFormat.nine(m.min()) + "  " + GeneralFormat.nine(m.max()));
        }
    }

    /** A column of texts has no numbers. */
    private double[] numbers(String name) {
        if (!StataWords.isText(work.table(), name)) {
            return work.table().numbers(name);
        }
        double[] none = new double[(int) work.table().rows()];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    void correlate(Words words) {
        words.allow("covariance");
        List<String> names = words.names().isEmpty() ? work.table().names() : resolved(words);
        List<double[]> columns = new ArrayList<>();
        names.forEach(n -> columns.add(where(words, numbers(n))));
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < work.table().rows(); i++) {
            int row = i;
            if (columns.stream().noneMatch(c -> Double.isNaN(c[row]))) {
                rows.add(i);
            }
        }
        boolean covariance = words.has("covariance", 1);
        work.out().println("(obs=" + GeneralFormat.count(rows.size()) + ")");
        work.out().println();
        StringBuilder title = new StringBuilder(" ".repeat(13) + "|");
        names.forEach(n -> title.append(GeneralFormat.pad(n, 9)));
        work.out().println(title);
        work.out().println("-".repeat(13) + "+" + "-".repeat(9 * names.size()));
        for (int i = 0; i < names.size(); i++) {
            StringBuilder line = new StringBuilder(GeneralFormat.pad(names.get(i), 12) + " |");
            for (int j = 0; j <= i; j++) {
                double c = Moments.covariance(columns.get(i), columns.get(j), rows);
                double r = c
                        / Math.sqrt(Moments.covariance(columns.get(i), columns.get(i), rows)
                                * Moments.covariance(columns.get(j), columns.get(j), rows));
                line.append(GeneralFormat.pad(
                        covariance ? GeneralFormat.format(c, 8) : String.format(Locale.ROOT, "%.4f", i == j ? 1 : r),
                        9));
            }
            work.out().println(line);
        }
    }

    private static List<Double> present(double[] values) {
        List<Double> out = new ArrayList<>();
        for (double v : values) {
            if (!Double.isNaN(v)) {
                out.add(v);
            }
        }
        return out;
    }

    private List<String> resolved(Words words) {
        return words.names().stream().map(this::name).toList();
    }

    private String name(String written) {
        return StataWords.column(work.table(), written);
    }

    private Expression expression(String text) {
        return StataWords.expression(work.table(), text);
    }

    private static Matcher assignment(Words words) {
        Matcher m = ASSIGNMENT.matcher(words.body());
        if (!m.matches()) {
            throw new HendersonException(
                    "Command: '" + words.whole() + "' makes no column.", "Maybe generate z = x + 1.");
        }
        return m;
    }

    /** Missing where the condition is not true. */
    private double[] where(Words words, double[] values) {
        if (words.filter() == null) {
            return values;
        }
        double[] truth = work.table().evaluate(expression(words.filter()));
        double[] out = values.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = truth[i] == 0 || Double.isNaN(truth[i]) ? Double.NaN : out[i];
        }
        return out;
    }

    /** Adds a column and tells how many values are missing. */
    void add(String name, double[] values) {
        Table table = work.table();
        work.table(table.with(name, values));
        long missing = Arrays.stream(values).filter(Double::isNaN).count();
        if (missing > 0) {
            work.out().println("(" + GeneralFormat.count(missing) + " missing values generated)");
        }
    }
}
