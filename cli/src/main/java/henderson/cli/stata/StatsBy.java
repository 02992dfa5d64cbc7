package henderson.cli.stata;

import henderson.api.Expression;
import henderson.api.FitListener;
import henderson.api.Formula;
import henderson.api.Formula.FixedTerm;
import henderson.api.Formula.RandomTerm;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.data.Table;
import henderson.data.stata.StataCommand;
import henderson.data.stata.StataWords;
import henderson.framework.Henderson;
import henderson.inference.GroupRegressions;
import henderson.inference.Regression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code statsby a = _b[_cons] b = _b[x], by(g): regress y x}: the data become one row a group. */
final class StatsBy {
    private static final Pattern COMMAND =
            Pattern.compile("statsby\\s+(.*?),([^:]*):\\s*reg(?:r|re|res|ress)?\\s+(.*)", Pattern.DOTALL);
    private static final Pattern RESULT =
            Pattern.compile("\\s*([\\p{L}_]\\w*)\\s*=\\s*\\(?\\s*_(b|se)\\[([^\\]]+)\\]\\s*\\)?");
    private static final Pattern BY = Pattern.compile("by\\(\\s*(\\w+)\\s*\\)");

    /** A column to be made: a coefficient, or its standard error. */
    private record Result(String name, boolean error, String coefficient) {}

    private final Workspace work;
    private final Henderson henderson;

    StatsBy(Workspace work, Henderson henderson) {
        this.work = work;
        this.henderson = henderson;
    }

    void run(String command) {
        Matcher m = COMMAND.matcher(command);
        Matcher by = m.matches() ? BY.matcher(m.group(2)) : BY.matcher("");
        if (!m.matches() || !by.find()) {
            throw new HendersonException(
                    "Command: '" + command + "' is not understood.",
                    "Maybe statsby a = _b[_cons] b = _b[x], by(g): regress y x.");
        }
        String rest = m.group(2).substring(0, by.start()) + m.group(2).substring(by.end());
        if (!rest.replace("clear", "").replace(",", "").isBlank()) {
            throw new HendersonException("Command: statsby takes by() and clear here, not '" + rest.strip() + "'.");
        }
        List<Result> results = results(m.group(1));
        String group = StataWords.column(work.table(), by.group(1));
        Model model = henderson.model(spec(m.group(3), group), work.table(), FitListener.SILENT);
        GroupRegressions fits = GroupRegressions.of(model);
        for (Result r : results) {
            work.out().println(String.format("%12s:  _%s[%s]", r.name(), r.error() ? "se" : "b", r.coefficient()));
        }
        work.out().println(String.format("%12s:  %s", "by", group));
        work.table(table(results, group, fits));
    }

    private static List<Result> results(String text) {
        List<Result> out = new ArrayList<>();
        Matcher m = RESULT.matcher(text);
        int at = 0;
        while (at < text.length() && m.region(at, text.length()).lookingAt()) {
            out.add(new Result(m.group(1), m.group(2).equals("se"), m.group(3).strip()));
            at = m.end();
        }
        if (out.isEmpty() || !text.substring(at).isBlank()) {
            throw new HendersonException(
                    "Command: statsby takes coefficients, not '"
                            + text.substring(at).strip() + "'.",
                    "Maybe a = _b[_cons] b = _b[x] s = _se[x].");
        }
        return out;
    }

    /** The regression as a model whose only random term tells the groups apart. */
    private ModelSpec spec(String regression, String group) {
        ModelSpec fixed =
                StataCommand.parse("mixed " + regression, work.table()).spec();
        Formula f = fixed.formula();
        List<FixedTerm> none = List.of();
        RandomTerm groups = new RandomTerm("identity", Map.of(), true, none, List.of(group));
        Formula both = new Formula(f.response(), f.intercept(), f.fixed(), f.offsets(), List.of(groups));
        return ModelSpec.of(both).withWhere(fixed.where()).withLanguage(Language.R);
    }

    private Table table(List<Result> results, String group, GroupRegressions fits) {
        Table.Builder out = Table.builder("statsby " + work.table().source());
        int n = fits.levels().size();
        List<@Nullable String> names = new ArrayList<>();
        fits.levels().forEach(l -> names.add(l.name()));
        if (StataWords.isText(work.table(), group)) {
            out.categorical(group, names);
        } else {
            out.numeric(
                    group,
                    fits.levels().stream()
                            .mapToDouble(l -> Double.parseDouble(l.name()))
                            .toArray());
        }
        for (Result r : results) {
            int column = column(fits, r.coefficient());
            double[] values = new double[n];
            for (int l = 0; l < n; l++) {
                Regression fit = fits.levels().get(l).fit();
                values[l] = (r.error() ? fit.standardErrors() : fit.coefficients())[column];
            }
            out.numeric(r.name(), values);
        }
        return out.build();
    }

    private int column(GroupRegressions fits, String coefficient) {
        String name = coefficient.equals("_cons") ? "(Intercept)" : coefficient;
        int exact = fits.names().indexOf(name);
        if (exact >= 0) {
            return exact;
        }
        Expression.Name resolved = new Expression.Name(StataWords.column(work.table(), name));
        int found = fits.names().indexOf(resolved.name());
        if (found < 0) {
            throw new HendersonException(
                    "The regression has no coefficient '" + coefficient + "'.",
                    "Maybe one of: " + String.join(", ", fits.names()).replace("(Intercept)", "_cons") + ".");
        }
        return found;
    }
}
