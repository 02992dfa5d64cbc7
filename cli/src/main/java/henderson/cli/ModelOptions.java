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

/** What to fit beside the formula, and how. */
final class ModelOptions {
    /** The options for a table of arguments. */
    static final List<FitArguments.Argument> ARGUMENTS = List.of(
            new FitArguments.Argument("--ml", "", FitArguments.Kind.FLAG, "Maximum likelihood (default)."),
            new FitArguments.Argument("--reml", "", FitArguments.Kind.FLAG, "Restricted maximum likelihood."),
            new FitArguments.Argument(
                    "--where", "FILTER", FitArguments.Kind.TEXT, "Rows to use, such as \"nstu > 4\"."),
            new FitArguments.Argument("--weights", "NAME", FitArguments.Kind.TEXT, "Column of precision weights."),
            new FitArguments.Argument(
                    "--frequency-weights", "NAME", FitArguments.Kind.TEXT, "Column of replication counts."),
            new FitArguments.Argument("--offset", "NAME", FitArguments.Kind.TEXT, "Column added with coefficient one."),
            new FitArguments.Argument(
                    "--residual",
                    "STRUCTURE",
                    FitArguments.Kind.TEXT,
                    "Covariance of residuals, such as \"ar(2, time | id)\", \"independent, variances = sex\"."),
            new FitArguments.Argument(
                    "--exposure",
                    "NAME",
                    FitArguments.Kind.TEXT,
                    "Column whose logarithm is added with coefficient one."),
            new FitArguments.Argument(
                    "--family",
                    "NAME",
                    FitArguments.Kind.TEXT,
                    "Distribution of the response (default gaussian); see henderson plugins."),
            new FitArguments.Argument("--link", "NAME", FitArguments.Kind.TEXT, "Link (default: the family's own)."),
            new FitArguments.Argument(
                    "--integration",
                    "NAME",
                    FitArguments.Kind.TEXT,
                    "How random effects are integrated out of a generalized model, such as laplace."),
            new FitArguments.Argument(
                    "--points", "N", FitArguments.Kind.WHOLE, "Nodes of a quadrature for each random effect."),
            new FitArguments.Argument("--estimator", "NAME", FitArguments.Kind.TEXT, "See henderson plugins."),
            new FitArguments.Argument("--optimizer", "NAME", FitArguments.Kind.TEXT, "See henderson plugins."),
            new FitArguments.Argument(
                    "--iterations",
                    "N",
                    FitArguments.Kind.WHOLE,
                    "Accepted steps at most (default: the estimator's own)."),
            new FitArguments.Argument("--tolerance", "X", FitArguments.Kind.NUMBER, "Newton decrement to reach."));

    private boolean ml;
    private boolean reml;
    private @Nullable String where;
    private @Nullable String weights;
    private @Nullable String frequencyWeights;
    private @Nullable String offset;
    private @Nullable String residual;
    private @Nullable String exposure;
    private String family = "gaussian";
    private @Nullable String link;
    private @Nullable String integration;
    private @Nullable Integer points;
    private @Nullable String estimator;
    private @Nullable String optimizer;
    private @Nullable Integer iterations;
    private double tolerance = FitOptions.DEFAULT.tolerance();

    /** What was given. */
    void take(Given given) {
        ml = given.has("--ml");
        reml = given.has("--reml");
        where = given.value("--where", where);
        weights = given.value("--weights", weights);
        frequencyWeights = given.value("--frequency-weights", frequencyWeights);
        offset = given.value("--offset", offset);
        residual = given.value("--residual", residual);
        exposure = given.value("--exposure", exposure);
        family = given.value("--family", family);
        link = given.value("--link", link);
        integration = given.value("--integration", integration);
        points = given.value("--points", points);
        estimator = given.value("--estimator", estimator);
        optimizer = given.value("--optimizer", optimizer);
        iterations = given.value("--iterations", iterations);
        tolerance = given.value("--tolerance", tolerance);
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
