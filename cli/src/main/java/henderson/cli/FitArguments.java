package henderson.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The arguments of {@code henderson fit}, declared in a table: annotations, and picocli itself, take longer than a small fit.
 * {@link PlainArguments} reads what is plain; picocli reads all else, and words help and mistakes.
 */
final class FitArguments {
    /** What an option takes. */
    enum Kind {
        FLAG,
        TEXT,
        /** A text or nothing. */
        OPTIONAL,
        WHOLE,
        NUMBER,
        /** A text; may be repeated. */
        LIST
    }

    /** One option. */
    record Argument(String name, String label, Kind kind, String help) {}

    static final List<Argument> ALL = all(
            DataOptions.ARGUMENTS,
            ModelOptions.ARGUMENTS,
            List.of(
                    new Argument("--threads", "N", Kind.WHOLE, "The result does not depend on it."),
                    new Argument(
                            "--stream",
                            "",
                            Kind.FLAG,
                            "Hold columns in a temporary file, not in memory (default for files above a quarter of it)."),
                    new Argument(
                            "--robust",
                            "GROUP",
                            Kind.OPTIONAL,
                            "Cluster-robust standard errors (CR0), by the levels of GROUP, a column or a:b, or of the highest"
                                    + " grouping factor."),
                    new Argument("--level", "PERCENT", Kind.NUMBER, "Confidence level (default 95)."),
                    new Argument("--metric", "variance|sd", Kind.TEXT, "What the text table shows."),
                    new Argument(
                            "--odds-ratio", "", Kind.FLAG, "Show coefficients of a logistic model as odds ratios."),
                    new Argument(
                            "--irr", "", Kind.FLAG, "Show coefficients of a model of counts as incidence-rate ratios."),
                    new Argument("--log", "", Kind.FLAG, "Show the iterations."),
                    new Argument("--output", "text|json", Kind.TEXT, "What is printed."),
                    new Argument(
                            "--save",
                            "FILE",
                            Kind.TEXT,
                            "Also write the fit as JSON, with all that predict, estat, lrtest and verify need."),
                    new Argument("--no-effects", "", Kind.FLAG, "Save without the predicted random effects.")),
            PluginOptions.ARGUMENTS);

    private FitArguments() {}

    @SafeVarargs
    private static List<Argument> all(List<Argument>... parts) {
        List<Argument> out = new ArrayList<>();
        for (List<Argument> part : parts) {
            out.addAll(part);
        }
        return List.copyOf(out);
    }

    static CommandSpec declare(FitCommand command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name("fit");
        spec.usageMessage()
                .description("Fit a linear or generalized linear mixed model.")
                .sortOptions(false);
        spec.addPositional(positional("0", "DATA", DataOptions.FILE));
        spec.addPositional(positional(
                "1",
                "FORMULA",
                "Such as \"weight ~ week + (week || id)\". Put -- before one that begins with a minus sign."));
        ALL.forEach(a -> spec.addOption(option(a)));
        spec.addOption(OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Show this help.")
                .build());
        return spec;
    }

    private static PositionalParamSpec positional(String index, String label, String help) {
        return PositionalParamSpec.builder()
                .index(index)
                .arity("1")
                .required(true)
                .paramLabel(label)
                .type(String.class)
                .description(help)
                .build();
    }

    /** As picocli wants it. */
    static OptionSpec option(Argument a) {
        OptionSpec.Builder out = OptionSpec.builder(a.name()).description(a.help());
        switch (a.kind()) {
            case FLAG -> out.type(boolean.class);
            case WHOLE -> out.type(Integer.class);
            case NUMBER -> out.type(Double.class);
            case LIST -> out.type(List.class).auxiliaryTypes(String.class);
            case OPTIONAL -> out.type(String.class).arity("0..1").fallbackValue("");
            case TEXT -> out.type(String.class);
        }
        return (a.kind() == Kind.FLAG ? out : out.paramLabel(a.label())).build();
    }
}
