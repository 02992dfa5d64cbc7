package henderson.data.stata;

import henderson.api.Criterion;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import henderson.api.StructureCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** The options of a whole command. */
final class CommandOptions {
    /** Options of one equation of random effects. */
    private static final List<String> OF_EQUATIONS =
            List.of("covariance", "noconstant", "collinear", "fweight", "pweight");

    private static final List<String> KNOWN = List.of(
            "mle",
            "reml",
            "log",
            "nolog",
            "emiterate",
            "emtolerance",
            "emonly",
            "emlog",
            "emdots",
            "iterate",
            "tolerance",
            "ltolerance",
            "nrtolerance",
            "difficult",
            "technique",
            "matsqrt",
            "matlog",
            "level",
            "variance",
            "stddeviations",
            "nogroup",
            "noheader",
            "nofetable",
            "noretable",
            "nolrtest",
            "vce",
            "residuals");
    private static final List<String> VCE = List.of("oim", "robust", "cluster");
    /** Options that are known and do something this version cannot do. */
    private static final List<String> REFUSED = List.of(
            "robust",
            "cluster",
            "dfmethod",
            "pwscale",
            "nonrtolerance",
            "trace",
            "gradient",
            "showstep",
            "hessian",
            "showtolerance",
            "estmetric",
            "nostderr",
            "coeflegend",
            "small",
            "dftable",
            "baselevels",
            "allbaselevels",
            "cformat",
            "pformat",
            "sformat",
            "constraints",
            "offset",
            "exposure",
            "from");
    /** Options that say how Stata searches, where the search here needs no such choice. */
    private static final List<String> WITHOUT_EFFECT =
            List.of("emtolerance", "emdots", "ltolerance", "difficult", "technique", "matsqrt", "matlog");

    private final ModelCommand kind;
    private final GeneralizedOptions generalized;
    private final Dictionary columns;
    private final List<String> notes;
    private @Nullable Criterion criterion;
    private @Nullable Integer iterations;
    private @Nullable Integer emIterations;
    private @Nullable Double tolerance;
    private @Nullable Double level;
    private @Nullable Boolean deviations;
    private @Nullable List<String> clusters;
    private int robustAt = -1;
    private final List<String> flags = new ArrayList<>();
    private Options.@Nullable Given residuals;
    private @Nullable CommandText text;

    CommandOptions(ModelCommand kind, Dictionary columns, List<String> notes) {
        this.kind = kind;
        this.generalized = new GeneralizedOptions(kind, columns, notes);
        this.columns = columns;
        this.notes = notes;
    }

    /** All names an option may have: {@code ofEquation} with those of an equation of random effects. */
    List<String> known(boolean ofEquation) {
        List<String> out = new ArrayList<>(ofEquation ? OF_EQUATIONS : List.of("noconstant"));
        out.addAll(supported());
        out.addAll(refused());
        if (!kind.linear()) {
            out.addAll(GeneralizedOptions.WITHOUT_EFFECT);
        }
        return out;
    }

    private List<String> supported() {
        return kind.linear() ? KNOWN : kind.options();
    }

    private List<String> refused() {
        return kind.linear() ? REFUSED : GeneralizedOptions.REFUSED;
    }

    /** Family, link, trials, offsets and integration. */
    GeneralizedOptions generalized() {
        return generalized;
    }

    void take(CommandText source, Options.Given o) {
        text = source;
        if (refused().contains(o.name())
                || o.name().equals("fweight")
                || o.name().equals("pweight")) {
            throw unsupported(source, o, o.name());
        }
        if (!kind.linear() && generalized.take(source, o)) {
            return;
        }
        if (WITHOUT_EFFECT.contains(o.name()) || GeneralizedOptions.WITHOUT_EFFECT.contains(o.name())) {
            notes.add(o.name() + " changes nothing: the search here does not need it");
            return;
        }
        switch (o.name()) {
            case "mle", "reml" -> criterion(source, o);
            case "iterate" -> iterations = (int) number(source, o, x -> x >= 0 && x == Math.rint(x) && x < 1e9);
            case "emiterate" -> emIterations = (int) number(source, o, x -> x >= 0 && x == Math.rint(x) && x < 1e9);
            case "tolerance", "nrtolerance" -> tolerance = number(source, o, x -> x > 0);
            case "level" -> level = number(source, o, x -> x >= 10 && x <= 99.99);
            case "variance", "stddeviations" -> deviations = o.name().equals("stddeviations");
            case "vce" -> vce(source, o);
            case "residuals" -> residuals = o;
            default -> {
                if (o.argument() != null) {
                    throw source.error(o.at(), o.name() + " takes no argument.", null);
                }
                flags.add(o.name());
            }
        }
    }

    private HendersonException unsupported(CommandText source, Options.Given o, String name) {
        return source.error(
                o.at(),
                name + " is not supported by this version.",
                "Supported are: " + String.join(", ", supported())
                        + "; in an equation covariance, noconstant, collinear.");
    }

    private void criterion(CommandText source, Options.Given o) {
        Criterion asked = o.name().equals("reml") ? Criterion.REML : Criterion.ML;
        if (criterion != null && criterion != asked) {
            throw source.error(o.at(), "mle and reml exclude each other.", null);
        }
        criterion = asked;
    }

    private static double number(CommandText source, Options.Given o, DoublePredicate right) {
        String written = o.argument() == null ? "" : o.argument().text().strip();
        double x = Double.NaN;
        if (written.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
            x = Double.parseDouble(written);
        }
        if (!right.test(x)) {
            throw source.error(
                    o.argument() == null ? o.at() : o.argument().from(),
                    o.name() + "() cannot be '" + written + "'.",
                    o.name().equals("level") ? "Maybe a percentage from 10 to 99.99." : null);
        }
        return x;
    }

    /** {@code vce(oim)}, {@code vce(robust)}, {@code vce(cluster g)}. */
    private void vce(CommandText source, Options.Given o) {
        CommandText argument = o.argument() == null ? null : o.argument().strip();
        String[] words = argument == null ? new String[] {""} : argument.text().split("\\s+");
        String kind = words[0].isEmpty()
                ? ""
                : Options.choose(source, argument == null ? o.at() : argument.from(), words[0], VCE, "vce");
        boolean right = kind.equals("cluster") ? words.length == 2 : !kind.isEmpty() && words.length == 1;
        if (!right || argument == null) {
            throw source.error(
                    o.at(), "vce() is not complete.", "Maybe vce(oim), the default, vce(robust) or vce(cluster g).");
        }
        robustAt = kind.equals("oim") ? -1 : o.at();
        clusters = switch (kind) {
            case "oim" -> null;
            case "robust" -> List.of();
            default -> List.of(columns.resolve(source, argument.to() - words[1].length(), words[1]));
        };
    }

    /** {@code residuals(ar 2, t(time) by(sex))}, within the groups of the last equation. */
    @Nullable
    StructureCall residual(String group) {
        return residuals == null || text == null
                ? null
                : ResidualOption.parse(text, residuals, columns, group.isEmpty() ? null : group);
    }

    StataCommand command(ModelSpec spec, boolean crossed) {
        boolean emOnly = flags.contains("emonly");
        if (text != null && clusters != null && criterion == Criterion.REML) {
            throw text.error(robustAt, "robust standard errors need maximum likelihood, not reml.", "Maybe mle.");
        }
        Integer limit = iterations;
        if (emIterations != null && emOnly) {
            limit = emIterations;
        } else if (emIterations != null || flags.contains("emlog")) {
            notes.add("the search here starts without steps of EM; emiterate and emlog change nothing without emonly");
        }
        boolean shown = deviations == null ? kind.showsDeviations() : deviations;
        StataCommand.Reporting reporting = new StataCommand.Reporting(
                level,
                shown,
                !flags.contains("nolog"),
                !flags.contains("noheader"),
                !flags.contains("nogroup"),
                !flags.contains("nofetable"),
                !flags.contains("noretable"),
                !flags.contains("nolrtest"));
        boolean effects = !spec.formula().random().isEmpty();
        String integration = effects ? generalized.integration(crossed) : null;
        int points = generalized.points(integration);
        return new StataCommand(
                kind.word(),
                spec,
                criterion == null ? Criterion.ML : criterion,
                limit,
                tolerance,
                clusters,
                emOnly,
                reporting,
                notes,
                integration,
                points,
                generalized.exponentiated());
    }
}
