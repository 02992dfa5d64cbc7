package henderson.data.stata;

import henderson.api.Expression;
import henderson.api.Formula;
import henderson.api.Formula.RandomTerm;
import henderson.api.Language;
import henderson.api.ModelSpec;
import henderson.api.StructureCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code mixed y x if … || g: x, covariance(un) || h: , reml} and commands like it. */
final class CommandParser {
    static final List<String> STRUCTURES = List.of("independent", "exchangeable", "identity", "unstructured");
    private static final String ALL = "_all";

    /** An equation of random effects, its terms without bases yet. */
    private record Equation(
            String structure, boolean intercept, Set<Set<Object>> terms, List<String> grouping, boolean empty) {}

    private final CommandText source;
    private final Dictionary columns;
    private final VariableTerms variables;
    private final ModelCommand command;
    private final int bodyFrom;
    private final CommandOptions options;
    private final List<Equation> equations = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> chain = new ArrayList<>();
    private @Nullable Expression where;
    private @Nullable String frequencies;
    private boolean constant = true;
    /** Whether an equation has an effect for each value of a variable, beside other equations. */
    private boolean crossed;

    CommandParser(CommandText source, Dictionary columns) {
        this.source = source.strip();
        this.columns = columns;
        this.variables = new VariableTerms(columns);
        this.bodyFrom = endOfName(this.source.from());
        this.command = command(this.source.whole().substring(this.source.from(), bodyFrom));
        this.options = new CommandOptions(command, columns, notes);
    }

    private int endOfName(int from) {
        int end = from;
        while (end < source.to() && CommandText.isNameChar(source.whole().charAt(end))) {
            end++;
        }
        return end;
    }

    private ModelCommand command(String name) {
        List<String> known = ModelCommand.words();
        if (!known.contains(name)) {
            throw source.error(
                    source.from(),
                    "no command for a model is named '" + name + "'.",
                    "Maybe one of: " + String.join(", ", known) + ".");
        }
        return ModelCommand.of(name);
    }

    StataCommand parse() {
        List<CommandText> parts = source.split("||");
        CommandText first = parts.get(0);
        CommandText body = fixedOptions(first.part(bodyFrom, first.to()));
        body = clauses(body).strip();
        int space = Math.min(body.to(), endOfName(body.from()));
        if (space <= body.from()) {
            throw source.error(body.from(), "the response is missing.", "Maybe " + command.word() + " y x || group:.");
        }
        int at = body.from();
        String response = columns.resolve(source, at, source.whole().substring(at, space));
        if (command.linear() && columns.isText(response)) {
            throw source.error(at, "the response '" + response + "' holds texts, and numbers are needed.", null);
        }
        Set<Set<Object>> fixed = variables.parse(body.part(space, body.to()));
        parts.subList(1, parts.size()).forEach(this::equation);
        options.generalized().checkRatios(source);
        return options.command(spec(response, fixed), crossed);
    }

    private ModelSpec spec(String response, Set<Set<Object>> fixed) {
        List<RandomTerm> random = new ArrayList<>();
        for (Equation e : equations) {
            List<Formula.FixedTerm> terms = variables.terms(e.terms());
            if (!e.empty()) {
                random.add(new RandomTerm(e.structure(), Map.of(), e.intercept(), terms, e.grouping()));
            }
        }
        StructureCall residual = options.residual(String.join(":", chain));
        if (random.isEmpty() && !equations.isEmpty() && residual == null) {
            notes.add("all random-effects equations are empty; the model is a linear regression");
        }
        Expression.Name y = new Expression.Name(response);
        List<Formula.FixedTerm> terms = variables.terms(fixed);
        if (terms.contains(new Formula.FixedTerm(List.of(y)))) {
            throw source.error(source.from(), "the response '" + response + "' is also a predictor.", null);
        }
        GeneralizedOptions generalized = options.generalized();
        return new ModelSpec(
                new Formula(generalized.response(y), constant, terms, generalized.offsets(), random),
                residual,
                null,
                frequencies,
                where,
                Map.of(),
                Set.of(),
                generalized.family(),
                generalized.link(),
                Language.STATA);
    }

    /** Takes options off the end; what is left stands before the comma. */
    private CommandText fixedOptions(CommandText part) {
        int comma = part.find(",", part.from());
        if (comma < 0) {
            return part;
        }
        for (Options.Given o : Options.parse(part.part(comma + 1, part.to()), options.known(false))) {
            if (o.name().equals("noconstant")) {
                constant = false;
            } else {
                options.take(source, o);
            }
        }
        return part.part(part.from(), comma);
    }

    /** Takes {@code if}, {@code in} and weights off the end. */
    private CommandText clauses(CommandText part) {
        int end = part.to();
        int weight = part.find("[", part.from());
        int in = part.findWord("in");
        int condition = part.findWord("if");
        if (weight >= 0) {
            frequencies(part.part(weight, next(weight, end, in, condition)));
        }
        if (in >= 0) {
            filter(RowRange.parse(source, part.part(in + 2, next(in, end, weight, condition)), columns));
        }
        if (condition >= 0) {
            CommandText text = part.part(condition + 2, next(condition, end, weight, in));
            if (text.isBlank()) {
                throw source.error(condition, "'if' needs a condition.", "Maybe if x > 4.");
            }
            filter(StataExpression.parse(text, columns));
        }
        for (int at : new int[] {weight, in, condition}) {
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return part.part(part.from(), end);
    }

    private static int next(int from, int end, int a, int b) {
        int out = end;
        out = a > from ? Math.min(out, a) : out;
        return b > from ? Math.min(out, b) : out;
    }

    private void filter(Expression e) {
        where = where == null ? e : new Expression.Binary("&&", where, e);
    }

    private void frequencies(CommandText part) {
        java.util.regex.Matcher m = java.util.regex.Pattern.compile("\\[\\s*(\\w+)\\s*=\\s*(\\w+)\\s*]\\s*")
                .matcher(part.text());
        if (!m.matches()) {
            throw source.error(part.from(), "a weight is written [fweight = variable].", null);
        }
        List<String> known = List.of("fweight", "pweight", "aweight", "iweight");
        String kind = m.group(1).equals("fw") ? "fweight" : m.group(1);
        kind = Options.choose(source, part.from() + 1, kind, known, "weight");
        if (!kind.equals("fweight")) {
            throw source.error(part.from() + 1, kind + " is not supported.", "Maybe fweight, replication counts.");
        }
        frequencies = columns.resolve(source, part.from() + m.start(2), m.group(2));
    }

    private void equation(CommandText written) {
        int colon = written.find(":", written.from());
        CommandText name =
                written.part(written.from(), colon < 0 ? written.to() : colon).strip();
        if (colon < 0 || name.isBlank()) {
            throw source.error(name.from(), "an equation of random effects is 'group: variables'.", "Maybe || id:.");
        }
        CommandText rest = written.part(colon + 1, written.to());
        int comma = rest.find(",", rest.from());
        CommandText body = clauses(rest.part(rest.from(), comma < 0 ? rest.to() : comma));
        String structure = null;
        boolean intercept = true;
        if (comma >= 0) {
            for (Options.Given o : Options.parse(rest.part(comma + 1, rest.to()), options.known(true))) {
                switch (o.name()) {
                    case "covariance" -> structure = structure(o);
                    case "noconstant" -> intercept = false;
                    case "collinear" -> notes.add("collinear changes nothing: no column of random effects is left out");
                    default -> options.take(source, o);
                }
            }
        }
        add(name, body.strip(), structure, intercept);
    }

    private String structure(Options.Given o) {
        if (o.argument() == null || o.argument().isBlank()) {
            throw source.error(
                    o.at(), "covariance() needs a structure.", "Maybe one of: " + String.join(", ", STRUCTURES) + ".");
        }
        CommandText a = o.argument().strip();
        return Options.choose(source, a.from(), a.text(), STRUCTURES, "covariance structure");
    }

    private void add(CommandText name, CommandText body, @Nullable String structure, boolean intercept) {
        boolean all = name.text().equals(ALL);
        if (all && !chain.isEmpty()) {
            throw source.error(name.from(), "_all: stands before the equations of other groups.", null);
        }
        String level = all ? ALL : columns.resolve(source, name.from(), name.text());
        List<String> grouping = new ArrayList<>(chain);
        if (chain.isEmpty() || !chain.get(chain.size() - 1).equals(level)) {
            grouping.add(level);
        }
        if (!all) {
            chain.clear();
            chain.addAll(grouping);
        }
        if (body.text().startsWith("R.")) {
            effectsOf(body, grouping, structure);
            return;
        }
        if (all) {
            throw source.error(
                    body.from(),
                    "all data are one group here, and a random effect needs at least 2.",
                    "Maybe _all: R.variable, an effect for each of its values.");
        }
        Set<Set<Object>> terms = variables.parse(body);
        boolean one = terms.isEmpty() && intercept;
        if (one && structure != null && !structure.equals("identity")) {
            notes.add("the equation of " + level + " has one random effect; its covariance structure is identity");
            structure = null;
        }
        String kind = structure == null ? "independent" : structure;
        equations.add(new Equation(kind, intercept, terms, grouping, terms.isEmpty() && !intercept));
    }

    /** {@code R.x}: an effect for each value of x, within the group. */
    private void effectsOf(CommandText body, List<String> grouping, @Nullable String structure) {
        String name = body.text().substring(2).strip();
        if (!name.matches("\\w+")) {
            throw source.error(body.from() + 2, "R. takes one variable.", "Maybe an equation for each.");
        }
        if (structure != null && !structure.equals("identity")) {
            throw source.error(body.from(), "R.variable takes covariance(identity).", "Maybe leave covariance() out.");
        }
        crossed = true;
        List<String> both = new ArrayList<>(grouping);
        both.add(columns.resolve(source, body.from() + 2, name));
        equations.add(new Equation("identity", true, Set.of(), both, false));
    }
}
