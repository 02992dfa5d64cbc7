package henderson.data;

import henderson.api.BoundFamily;
import henderson.api.Expression;
import henderson.api.Family;
import henderson.api.Language;
import henderson.api.Link;
import henderson.api.ModelSpec;
import henderson.api.Registry;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response of rows of other data under the family of a fitted model. Where it is missing, some value that the family
 * takes stands in its place, so that means and variances are there.
 */
final class NewResponse {
    /** Every family takes it: one success of one trial, a count, a positive number. */
    private static final double ANY = 1;

    private final ModelSpec spec;
    private final Variables variables;
    private final Family family;
    private final Link link;
    private final List<String> outcomes;
    private final Expression written;
    /** The column whose levels are the outcomes, or null. */
    private final @Nullable String factor;

    private NewResponse(ModelSpec spec, Variables variables, Family family, Link link, List<String> outcomes) {
        this.spec = spec;
        this.variables = variables;
        this.family = family;
        this.link = link;
        this.outcomes = outcomes;
        this.written = spec.formula().response();
        this.factor = factor();
    }

    /** Null for a linear model. */
    static @Nullable NewResponse of(ModelSpec spec, Variables variables, Registry registry, List<String> outcomes) {
        boolean linear = spec.family().equals("gaussian")
                && (spec.link() == null || spec.link().equals("identity"));
        if (linear) {
            return null;
        }
        Family family = registry.family(spec.family());
        Link link = registry.link(spec.link() == null ? family.canonicalLink() : spec.link());
        return new NewResponse(spec, variables, family, link, outcomes);
    }

    /** Outcomes that are no numbers, or of a family whose numbers are no outcomes, are levels of a factor. */
    private @Nullable String factor() {
        Expression inner = written instanceof Expression.Call c && c.function().equals("factor")
                ? c.arguments().get(0)
                : written;
        if (outcomes.isEmpty() || !(inner instanceof Expression.Name n)) {
            return null;
        }
        boolean levels = inner != written
                || family.countsSuccesses()
                || outcomes.stream().anyMatch(NewResponse::noNumber)
                || variables.table().names().contains(n.name()) && variables.isCategorical(n.name());
        return levels ? n.name() : null;
    }

    private static boolean noNumber(String text) {
        return Double.isNaN(Numbers.parse(text));
    }

    private boolean known(Expression e) {
        return variables.table().names().containsAll(Variables.names(e));
    }

    private boolean isCbind() {
        return written instanceof Expression.Call c && c.function().equals("cbind");
    }

    private boolean isRatio() {
        return family.countsSuccesses()
                && written instanceof Expression.Binary b
                && b.operator().equals("/");
    }

    /** Values by row, NaN where there are none. */
    Vector values(Evaluator evaluator) {
        if (!known(written)) {
            return missing();
        }
        if (factor != null) {
            Factor codes = Factor.as(factor, variables.factor(factor), outcomes);
            return (rows, count, out, scratch) -> {
                int[] own = new int[count];
                codes.codes(rows, count, own);
                for (int i = 0; i < count; i++) {
                    out[i] = own[i] < 0 ? Double.NaN : own[i];
                }
            };
        }
        Expression counted = isCbind()
                ? ((Expression.Call) written).arguments().get(0)
                : isRatio() ? ((Expression.Binary) written).left() : written;
        Vector values = evaluator.vector(counted);
        boolean anyIsSuccess = spec.language() == Language.STATA
                && family.countsSuccesses()
                && counted == written
                && spec.weights() == null;
        return anyIsSuccess ? GeneralizedResponse.zeroOrNot(values) : values;
    }

    private static Vector missing() {
        return (rows, count, out, scratch) -> Arrays.fill(out, 0, count, Double.NaN);
    }

    private @Nullable Vector trials(Evaluator evaluator) {
        if (isCbind() && known(written)) {
            List<Expression> both = ((Expression.Call) written).arguments();
            return evaluator.vector(new Expression.Binary("+", both.get(0), both.get(1)));
        }
        if (!isRatio()) {
            return null;
        }
        Expression right = ((Expression.Binary) written).right();
        return known(right) ? evaluator.vector(right) : null;
    }

    /** The family of the used rows, and behind them a row for each outcome, so that all are known. */
    BoundFamily family(
            Evaluator evaluator, Rows used, Vector response, @Nullable Vector weights, @Nullable Vector frequencies) {
        int n = used.count();
        int all = n + outcomes.size();
        Vector counted = trials(evaluator);
        double[] y = Arrays.copyOf(GeneralizedResponse.numbers(response, used), all);
        double[] trials = counted == null ? null : Arrays.copyOf(GeneralizedResponse.numbers(counted, used), all);
        double[] w = weights == null || countsAreWeights()
                ? null
                : Arrays.copyOf(GeneralizedResponse.numbers(weights, used), all);
        double[] f = frequencies == null ? null : Arrays.copyOf(GeneralizedResponse.numbers(frequencies, used), all);
        for (int i = 0; i < all; i++) {
            boolean there = i < n && !Double.isNaN(y[i]);
            if (trials != null && (i >= n || Double.isNaN(trials[i]))) {
                there = false;
                trials[i] = 1;
            }
            if (w != null && !(w[i] > 0)) {
                there = false;
                w[i] = 1;
            }
            if (f != null && !(f[i] > 0)) {
                f[i] = 1;
            }
            y[i] = there ? y[i] : substitute(i - n, trials == null ? ANY : Math.min(ANY, trials[i]));
        }
        String[] levels = factor == null ? null : outcomes.toArray(new String[0]);
        return family.bind(new Family.Response(name(), y, trials, w, levels, f, numbers(used, all)), link);
    }

    /** A value for a missing one; of the rows behind the used ones each outcome in turn. */
    private double substitute(int outcome, double otherwise) {
        if (outcomes.isEmpty()) {
            return otherwise;
        }
        int k = Math.max(0, outcome);
        return factor != null ? k : Numbers.parse(outcomes.get(k));
    }

    private boolean countsAreWeights() {
        return isRatio()
                && ((Expression.Binary) written).right() instanceof Expression.Name n
                && n.name().equals(spec.weights());
    }

    private String name() {
        return written instanceof Expression.Name n ? n.name() : written.toString();
    }

    private static long[] numbers(Rows used, int all) {
        return Arrays.copyOf(GeneralizedResponse.rowNumbers(used), all);
    }
}
