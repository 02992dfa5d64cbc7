package henderson.data.stata;

import henderson.api.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Options of the commands for generalized models: family and link, trials, offsets, and how effects are integrated out. */
final class GeneralizedOptions {
    /** Names of options and of the integrations they mean. */
    static final Map<String, String> METHODS = new TreeMap<>(
            Map.of("mvaghermite", "mvaghermite", "mcaghermite", "agq", "ghermite", "ghermite", "laplace", "laplace"));

    private static final int USUAL_POINTS = 7;
    /** Families whose own link is the logit. */
    private static final Set<String> ODDS = Set.of("binomial", "ordinal");
    /** Counts, whose own link is the logarithm. */
    private static final Set<String> RATES = Set.of("poisson", "negative-binomial", "nb1");

    /** Known, and something this version cannot do. */
    static final List<String> REFUSED = List.of(
            "constraints",
            "from",
            "noestimate",
            "robust",
            "cluster",
            "pwscale",
            "nonrtolerance",
            "trace",
            "gradient",
            "showstep",
            "hessian",
            "showtolerance",
            "coeflegend",
            "baselevels",
            "allbaselevels",
            "cformat",
            "pformat",
            "sformat",
            "nocnsreport",
            "notable",
            "estmetric");

    /** Ways to start or to differentiate, where the search here needs no such choice. */
    static final List<String> WITHOUT_EFFECT =
            List.of("startvalues", "startgrid", "dnumerical", "retolerance", "reiterate", "refineopts", "asis");

    private final ModelCommand command;
    private final Dictionary columns;
    private final List<String> notes;
    private String family;
    private @Nullable String link;
    private @Nullable Expression trials;
    private final List<Expression> offsets = new ArrayList<>();
    private @Nullable String method;
    private int points;
    private boolean exponentiated;
    /** The option that gives the ratios a name, or null. */
    private Options.@Nullable Given ratios;

    GeneralizedOptions(ModelCommand command, Dictionary columns, List<String> notes) {
        this.command = command;
        this.columns = columns;
        this.notes = notes;
        this.family = command.family();
        this.link = command == ModelCommand.MEGLM ? null : command.link();
    }

    /** Takes an option that is one of these; false where it is not. */
    boolean take(CommandText source, Options.Given o) {
        switch (o.name()) {
            case "intmethod" -> method = METHODS.get(word(source, o, List.copyOf(METHODS.keySet()), "method"));
            case "laplace" -> method = "laplace";
            case "intpoints" -> points = points(source, o);
            case "binomial" -> trials = trials(source, required(source, o));
            case "offset" -> offsets.add(column(source, o));
            case "exposure" -> offsets.add(new Expression.Call("log", List.of(column(source, o))));
            case "or", "irr", "eform" -> {
                exponentiated = true;
                ratios = o.name().equals("eform") ? ratios : o;
            }
            case "dispersion" ->
                family = word(source, o, List.of("mean", "constant"), "dispersion")
                                .equals("mean")
                        ? ModelCommand.MENBREG.family()
                        : ModelCommand.CONSTANT;
            case "family" -> family(source, required(source, o));
            case "link" -> link = word(source, o, ModelCommand.LINKS, "link");
            default -> {
                return false;
            }
        }
        return true;
    }

    private static CommandText required(CommandText source, Options.Given o) {
        CommandText a = o.argument();
        if (a == null || a.isBlank()) {
            throw source.error(o.at(), o.name() + "() needs an argument.", null);
        }
        return a.strip();
    }

    private static String word(CommandText source, Options.Given o, List<String> known, String what) {
        CommandText a = required(source, o);
        return Options.choose(source, a.from(), a.text(), known, what);
    }

    private Expression column(CommandText source, Options.Given o) {
        CommandText a = required(source, o);
        if (!a.text().matches("\\w+")) {
            throw source.error(a.from(), o.name() + "() takes one variable.", null);
        }
        return new Expression.Name(columns.resolve(source, a.from(), a.text()));
    }

    /** A variable or a number. */
    private Expression trials(CommandText source, CommandText a) {
        if (a.text().matches("[1-9]\\d{0,8}")) {
            return new Expression.Number(Double.parseDouble(a.text()), a.text());
        }
        if (!a.text().matches("[\\p{L}_]\\w*")) {
            throw source.error(a.from(), "trials are a variable or a positive whole number.", "Maybe binomial(n).");
        }
        return new Expression.Name(columns.resolve(source, a.from(), a.text()));
    }

    private int points(CommandText source, Options.Given o) {
        CommandText a = required(source, o);
        int out = 0;
        for (String one : a.text().split("\\s+")) {
            boolean right = one.matches("[1-9]\\d{0,4}");
            int n = right ? Integer.parseInt(one) : 0;
            if (!right || out != 0 && out != n) {
                throw source.error(
                        a.from(),
                        "intpoints() cannot be '" + a.text() + "'.",
                        right
                                ? "Maybe one number: every level has as many points here."
                                : "Maybe a whole number from 1 on; 7 is usual.");
            }
            out = n;
        }
        return out;
    }

    /** {@code binomial n}, {@code nbinomial constant} or a word. */
    private void family(CommandText source, CommandText a) {
        int end = a.from();
        while (end < a.to() && CommandText.isNameChar(source.whole().charAt(end))) {
            end++;
        }
        List<String> known = List.copyOf(ModelCommand.FAMILIES.keySet());
        String word = Options.choose(source, a.from(), a.part(a.from(), end).text(), known, "family");
        CommandText rest = a.part(end, a.to()).strip();
        family = ModelCommand.FAMILIES.get(word);
        if (rest.isBlank()) {
            return;
        }
        switch (word) {
            case "binomial" -> trials = trials(source, rest);
            case "nbinomial" -> {
                String kind =
                        Options.choose(source, rest.from(), rest.text(), List.of("mean", "constant"), "dispersion");
                family = kind.equals("mean") ? family : ModelCommand.CONSTANT;
            }
            default -> throw source.error(rest.from(), "the family " + word + " takes nothing more.", null);
        }
    }

    /** Refuses ratios that the link does not give; asked once all options are known. */
    void checkRatios(CommandText source) {
        Options.Given asked = ratios;
        if (asked == null) {
            return;
        }
        boolean odds = asked.name().equals("or");
        boolean own = odds ? ODDS.contains(family) : RATES.contains(family);
        String needed = odds ? "logit" : "log";
        if (link == null ? !own : !link.equals(needed)) {
            String given = link == null ? "the family " + family + " has another one" : "the link here is " + link;
            throw source.error(
                    asked.at(),
                    asked.name() + " needs the link " + needed + "; " + given + ".",
                    "Maybe eform, which exponentiates whatever the link is.");
        }
    }

    String family() {
        return family;
    }

    /** Null for the family's own, and in a linear model. */
    @Nullable
    String link() {
        return isLinear() ? null : link;
    }

    List<Expression> offsets() {
        return offsets;
    }

    Expression response(Expression.Name y) {
        return trials == null ? y : new Expression.Binary("/", y, trials);
    }

    boolean exponentiated() {
        return exponentiated;
    }

    private boolean isLinear() {
        return family.equals("gaussian") && (link == null || link.equals("identity"));
    }

    /** The integration asked for, or the one the command stands for; null in a linear model. */
    @Nullable
    String integration(boolean crossed) {
        if (isLinear()) {
            return null;
        }
        if (crossed && (method == null || !method.equals("laplace"))) {
            notes.add("crossed random effects are integrated by Laplace's approximation");
            return "laplace";
        }
        return method != null ? method : command.old() ? "agq" : "mvaghermite";
    }

    /** Points of the integration, 0 where it has none. */
    int points(@Nullable String integration) {
        if (integration == null) {
            return 0;
        }
        if (integration.equals("laplace")) {
            if (points > 0) {
                notes.add("intpoints() changes nothing: Laplace's approximation has no points");
            }
            return 0;
        }
        return points == 0 ? USUAL_POINTS : points;
    }
}
