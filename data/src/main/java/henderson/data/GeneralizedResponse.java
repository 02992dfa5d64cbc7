package henderson.data;

import henderson.api.BoundFamily;
import henderson.api.Expression;
import henderson.api.Family;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.Link;
import henderson.api.ModelSpec;
import henderson.api.Registry;
import org.jspecify.annotations.Nullable;

/**
 * The response of a model with a family: numbers, the codes of a factor, or successes of trials, written {@code
 * cbind(successes, failures)} or {@code successes/trials}.
 */
final class GeneralizedResponse {
    private static final String LINEAR = "gaussian";
    private static final String PLAIN = "identity";

    private final ModelSpec spec;
    private final Expression written;
    private final Variables variables;
    private final Family family;
    private final Link link;

    private GeneralizedResponse(ModelSpec spec, Variables variables, Registry registry) {
        this.spec = spec;
        this.written = spec.formula().response();
        this.variables = variables;
        this.family = registry.family(spec.family());
        this.link = registry.link(spec.link() == null ? family.canonicalLink() : spec.link());
    }

    /** Null for a linear model. */
    static @Nullable GeneralizedResponse of(ModelSpec spec, Variables variables, Registry registry) {
        boolean linear = spec.family().equals(LINEAR)
                && (spec.link() == null || spec.link().equals(PLAIN));
        return linear ? null : new GeneralizedResponse(spec, variables, registry).checked();
    }

    private GeneralizedResponse checked() {
        if (!family.intercept() && !spec.formula().intercept()) {
            throw new HendersonException(
                    "The family '" + family.name()
                            + "' has parameters in the place of an intercept; the formula leaves it" + " out.",
                    "Maybe leave out -1, 0 + or noconstant.");
        }
        if (spec.residual() != null) {
            throw new HendersonException(
                    "The family '" + family.name() + "' stands beside the residual structure '"
                            + spec.residual().name()
                            + "'; only a linear model has residuals that can be correlated.",
                    "Maybe a random effect says the same.");
        }
        if (isCbind(written) && !family.countsSuccesses()) {
            throw new HendersonException(
                    "The response '" + written + "' counts successes and failures; the family '" + family.name()
                            + "' does not.",
                    "Maybe the family should be binomial.");
        }
        if (!isCbind(written)) {
            Variables.names(written).forEach(variables::column);
        }
        if (written instanceof Expression.Name n && !takesFactor()) {
            variables.numeric(n.name());
        }
        return this;
    }

    /** The specification with family and link by their registered names. */
    ModelSpec named() {
        return spec.withFamily(family.name()).withLink(link.name());
    }

    /** Whether the linear predictor has an intercept. */
    boolean intercept() {
        return family.intercept();
    }

    /** Successes and trials, as {@code successes/trials}, or null where none are written. */
    Expression.@Nullable Binary counts() {
        if (!family.countsSuccesses()) {
            return null;
        }
        if (written instanceof Expression.Call c && isCbind(c)) {
            Expression successes = c.arguments().get(0);
            return new Expression.Binary(
                    "/",
                    successes,
                    new Expression.Binary("+", successes, c.arguments().get(1)));
        }
        return written instanceof Expression.Binary b && b.operator().equals("/") ? b : null;
    }

    private static boolean isCbind(Expression e) {
        return e instanceof Expression.Call c && c.function().equals("cbind");
    }

    private boolean takesFactor() {
        return family.takesFactor() && factorName() != null;
    }

    /** The column of a factor as response, or null for numbers. */
    private @Nullable String factorName() {
        Expression e = written instanceof Expression.Call c && c.function().equals("factor")
                ? c.arguments().get(0)
                : written;
        return e instanceof Expression.Name n && (e != written || variables.isCategorical(n.name())) ? n.name() : null;
    }

    /** The factor that is the response, or null. */
    @Nullable
    Factor factor(Rows used) {
        String name = takesFactor() ? factorName() : null;
        return name == null ? null : Factor.of(name, variables.factor(name), used);
    }

    /** Values by row: what the model's batches give as y. */
    Vector values(Evaluator evaluator, @Nullable Factor factor) {
        if (factor != null) {
            return (rows, count, out, scratch) -> {
                int[] codes = new int[count];
                factor.codes(rows, count, codes);
                for (int i = 0; i < count; i++) {
                    out[i] = codes[i];
                }
            };
        }
        Expression.Binary counts = counts();
        Vector values = evaluator.vector(counts == null ? written : counts.left());
        boolean anyIsSuccess = spec.language() == Language.STATA && family.countsSuccesses() && counts == null;
        return anyIsSuccess && spec.weights() == null ? zeroOrNot(values) : values;
    }

    /** In Stata any value but zero is a success. */
    static Vector zeroOrNot(Vector of) {
        return (rows, count, out, scratch) -> {
            of.fill(rows, count, out, scratch);
            for (int i = 0; i < count; i++) {
                out[i] = Double.isNaN(out[i]) ? out[i] : out[i] == 0 ? 0 : 1;
            }
        };
    }

    /** The family with the response of the used rows, and with others in its place. */
    Bound bind(Evaluator evaluator, Rows used, Vector values, @Nullable Factor factor) {
        Expression.Binary counts = counts();
        Vector trials = counts == null ? null : evaluator.vector(counts.right());
        // as others write it, a proportion and its trials as weights; they are not to be counted twice
        boolean weightsAreTrials = counts != null
                && counts.right() instanceof Expression.Name n
                && n.name().equals(spec.weights());
        Vector weights = weightsAreTrials ? null : column(spec.weights());
        Vector frequencies = column(spec.frequencyWeights());
        Family.Response response = new Family.Response(
                written instanceof Expression.Name n ? n.name() : written.toString(),
                numbers(values, used),
                trials == null ? null : numbers(trials, used),
                weights == null ? null : numbers(weights, used),
                factor == null ? null : factor.levels().toArray(new String[0]),
                frequencies == null ? null : numbers(frequencies, used),
                rowNumbers(used));
        return new Bound(family, link, response);
    }

    /** A family and a link for the response of some rows. */
    record Bound(Family family, Link link, Family.Response response) {
        BoundFamily bind() {
            return family.bind(response, link);
        }

        /** With other values; everything else stays. */
        Bound with(double[] values) {
            return new Bound(
                    family,
                    link,
                    new Family.Response(
                            response.name(),
                            values,
                            response.trials(),
                            response.weights(),
                            response.levels(),
                            response.frequencies(),
                            response.rows()));
        }
    }

    private @Nullable Vector column(@Nullable String name) {
        if (name == null) {
            return null;
        }
        NumericColumn column = variables.numeric(name);
        return (rows, count, out, scratch) -> column.gather(rows, count, out);
    }

    static double[] numbers(Vector of, Rows used) {
        double[] out = new double[used.count()];
        double[] values = new double[Rows.BATCH];
        Scratch scratch = new Scratch();
        int[] at = {0};
        used.forEachBatch((rows, count) -> {
            of.fill(rows, count, values, scratch);
            System.arraycopy(values, 0, out, at[0], count);
            at[0] += count;
        });
        return out;
    }

    static long[] rowNumbers(Rows used) {
        long[] out = new long[used.count()];
        int[] at = {0};
        used.forEachBatch((rows, count) -> {
            for (int i = 0; i < count; i++) {
                out[at[0]++] = rows[i] + 1L;
            }
        });
        return out;
    }
}
