package henderson.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The arguments of {@code henderson fit}, declared by calls: annotations take longer to read than a small fit takes. */
final class FitArguments {
    private FitArguments() {}

    static CommandSpec declare(FitCommand command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name("fit");
        spec.usageMessage()
                .description("Fit a linear or generalized linear mixed model.")
                .sortOptions(false);
        DataOptions.declareFile(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .index("1")
                .paramLabel("FORMULA")
                .type(String.class)
                .description(
                        "Such as \"weight ~ week + (week || id)\". Put -- before one that begins with a minus sign.")
                .build());
        DataOptions.declare(spec);
        flag(spec, "--ml", "Maximum likelihood (default).");
        flag(spec, "--reml", "Restricted maximum likelihood.");
        spec.addOption(value("--where", "FILTER", String.class, "Rows to use, such as \"nstu > 4\".")
                .build());
        spec.addOption(value("--weights", "NAME", String.class, "Column of precision weights.")
                .build());
        spec.addOption(value("--frequency-weights", "NAME", String.class, "Column of replication counts.")
                .build());
        spec.addOption(value("--offset", "NAME", String.class, "Column added with coefficient one.")
                .build());
        spec.addOption(value(
                        "--residual",
                        "STRUCTURE",
                        String.class,
                        "Covariance of residuals, such as \"ar(2, time | id)\", \"independent, variances = sex\".")
                .build());
        spec.addOption(
                value("--exposure", "NAME", String.class, "Column whose logarithm is added with coefficient one.")
                        .build());
        spec.addOption(value(
                        "--family",
                        "NAME",
                        String.class,
                        "Distribution of the response (default gaussian); see henderson plugins.")
                .build());
        spec.addOption(value("--link", "NAME", String.class, "Link (default: the family's own).")
                .build());
        spec.addOption(value(
                        "--integration",
                        "NAME",
                        String.class,
                        "How random effects are integrated out of a generalized model, such as laplace.")
                .build());
        spec.addOption(value("--points", "N", Integer.class, "Nodes of a quadrature for each random effect.")
                .build());
        spec.addOption(value("--estimator", "NAME", String.class, "See henderson plugins.")
                .build());
        spec.addOption(value("--optimizer", "NAME", String.class, "See henderson plugins.")
                .build());
        spec.addOption(
                value("--iterations", "N", Integer.class, "Accepted steps at most (default: the estimator's own).")
                        .build());
        spec.addOption(value("--tolerance", "X", Double.class, "Newton decrement to reach.")
                .build());
        spec.addOption(value("--threads", "N", Integer.class, "The result does not depend on it.")
                .build());
        flag(
                spec,
                "--stream",
                "Hold columns in a temporary file, not in memory (default for files above a quarter of it).");
        spec.addOption(value(
                        "--robust",
                        "GROUP",
                        String.class,
                        "Cluster-robust standard errors (CR0), by the levels of GROUP, a column or a:b, or of the highest"
                                + " grouping factor.")
                .arity("0..1")
                .fallbackValue("")
                .build());
        spec.addOption(value("--level", "PERCENT", Double.class, "Confidence level (default 95).")
                .build());
        spec.addOption(value("--metric", "variance|sd", String.class, "What the text table shows.")
                .build());
        flag(spec, "--odds-ratio", "Show coefficients of a logistic model as odds ratios.");
        flag(spec, "--irr", "Show coefficients of a model of counts as incidence-rate ratios.");
        flag(spec, "--log", "Show the iterations.");
        spec.addOption(
                value("--output", "text|json", String.class, "What is printed.").build());
        spec.addOption(value(
                        "--save",
                        "FILE",
                        String.class,
                        "Also write the fit as JSON, with all that predict, estat, lrtest and verify need.")
                .build());
        flag(spec, "--no-effects", "Save without the predicted random effects.");
        PluginOptions.declare(spec);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Show this help.")
                .build());
        return spec;
    }

    private static void flag(CommandSpec spec, String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build());
    }

    private static OptionSpec.Builder value(String name, String label, Class<?> type, String description) {
        return OptionSpec.builder(name).paramLabel(label).type(type).description(description);
    }
}
