package henderson.cli;

import henderson.api.Criterion;
import henderson.api.Expression;
import henderson.api.FitOptions;
import henderson.api.Formula;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import henderson.data.RFormula;
import henderson.data.ReadOptions;
import henderson.framework.Henderson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** What to fit beside the formula, and how. */
final class ModelOptions {
    @Option(names = "--ml", description = "Maximum likelihood (default).")
    private boolean ml;

    @Option(names = "--reml", description = "Restricted maximum likelihood.")
    private boolean reml;

    @Option(names = "--where", paramLabel = "FILTER", description = "Rows to use, such as \"nstu > 4\".")
    private @Nullable String where;

    @Option(names = "--weights", paramLabel = "NAME", description = "Column of precision weights.")
    private @Nullable String weights;

    @Option(names = "--frequency-weights", paramLabel = "NAME", description = "Column of replication counts.")
    private @Nullable String frequencyWeights;

    @Option(names = "--offset", paramLabel = "NAME", description = "Column added with coefficient one.")
    private @Nullable String offset;

    @Option(
            names = "--residual",
            paramLabel = "STRUCTURE",
            description = "Covariance of residuals, such as \"ar(2, time | id)\", \"independent, variances = sex\".")
    private @Nullable String residual;

    @Option(
            names = "--exposure",
            paramLabel = "NAME",
            description = "Column whose logarithm is added with coefficient one.")
    private @Nullable String exposure;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "Distribution of the response (default gaussian); see henderson plugins.")
    private String family = "gaussian";

    @Option(names = "--link", paramLabel = "NAME", description = "Link (default: the family's own).")
    private @Nullable String link;

    @Option(
            names = "--integration",
            paramLabel = "NAME",
            description = "How random effects are integrated out of a generalized model, such as laplace.")
    private @Nullable String integration;

    @Option(names = "--points", paramLabel = "N", description = "Nodes of a quadrature for each random effect.")
    private @Nullable Integer points;

    @Option(names = "--estimator", paramLabel = "NAME", description = "See henderson plugins.")
    private @Nullable String estimator;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "See henderson plugins.")
    private @Nullable String optimizer;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Accepted steps at most (default: the estimator's own).")
    private @Nullable Integer iterations;

    @Option(names = "--tolerance", paramLabel = "X", description = "Newton decrement to reach.")
    private double tolerance = FitOptions.DEFAULT.tolerance();

    /** What was given to arguments declared by calls. */
    void take(ParseResult parsed) {
        ml = parsed.hasMatchedOption("--ml");
        reml = parsed.hasMatchedOption("--reml");
        where = parsed.matchedOptionValue("--where", where);
        weights = parsed.matchedOptionValue("--weights", weights);
        frequencyWeights = parsed.matchedOptionValue("--frequency-weights", frequencyWeights);
        offset = parsed.matchedOptionValue("--offset", offset);
        residual = parsed.matchedOptionValue("--residual", residual);
        exposure = parsed.matchedOptionValue("--exposure", exposure);
        family = parsed.matchedOptionValue("--family", family);
        link = parsed.matchedOptionValue("--link", link);
        integration = parsed.matchedOptionValue("--integration", integration);
        points = parsed.matchedOptionValue("--points", points);
        estimator = parsed.matchedOptionValue("--estimator", estimator);
        optimizer = parsed.matchedOptionValue("--optimizer", optimizer);
        iterations = parsed.matchedOptionValue("--iterations", iterations);
        tolerance = parsed.matchedOptionValue("--tolerance", tolerance);
    }

    /**
     * How to fit, one thread.
     *
     * @throws HendersonException for options that exclude one another
     */
    FitOptions options() {
        if (ml && reml) {
            throw new HendersonException("--ml and --reml exclude each other.");
        }
        if (points != null && points < 1) {
            throw new HendersonException(
                    "--points is " + points + "; a quadrature has 1 or more.", "Maybe 7, the usual number.");
        }
        boolean linear = family.equals("gaussian") && (link == null || link.equals("identity"));
        if (linear && (integration != null || points != null)) {
            throw new HendersonException(
                    (integration != null ? "--integration " + integration : "--points " + points)
                            + " is for generalized models; this one is linear, and nothing is approximated.",
                    "Maybe --family is missing.");
        }
        FitOptions options = FitOptions.DEFAULT
                .withCriterion(reml ? Criterion.REML : Criterion.ML)
                .withEstimator(estimator)
                .withOptimizer(optimizer)
                .withTolerance(tolerance)
                .withIntegration(integration)
                .withPoints(points == null ? 0 : points);
        return iterations == null ? options : options.withIterations(iterations);
    }

    /** Why the rows of the model stay in memory, or null. */
    @Nullable
    String keepsRows() {
        if (!family.equals("gaussian") || link != null && !link.equals("identity")) {
            return "a generalized model keeps its rows in memory";
        }
        return residual == null ? null : "a model with --residual keeps its rows in memory";
    }

    /** Every text that may mention a column, one a line. */
    String mentioned(String formula) {
        List<String> mentioned = new ArrayList<>(List.of(formula));
        for (String more : new String[] {where, weights, frequencyWeights, offset, exposure, residual}) {
            if (more != null) {
                mentioned.add(more);
            }
        }
        return String.join("\n", mentioned);
    }

    /** What to fit. */
    ModelSpec spec(Henderson henderson, String formula, ReadOptions readOptions) {
        return withOffsets(henderson.parse(formula))
                .withFamily(family)
                .withLink(link)
                .withResidual(residual == null ? null : RFormula.parseResidual(residual))
                .withWhere(where == null ? null : RFormula.parseFilter(where))
                .withWeights(weights)
                .withFrequencyWeights(frequencyWeights)
                .withFactors(readOptions.factors())
                .withNumeric(readOptions.numeric());
    }

    private ModelSpec withOffsets(ModelSpec spec) {
        Formula f = spec.formula();
        List<Expression> offsets = new ArrayList<>(f.offsets());
        if (offset != null) {
            offsets.add(new Expression.Name(offset));
        }
        if (exposure != null) {
            offsets.add(new Expression.Call("log", List.of(new Expression.Name(exposure))));
        }
        return spec.withFormula(new Formula(f.response(), f.intercept(), f.fixed(), offsets, f.random()));
    }
}
