package henderson.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Response, fixed terms, offsets and random terms, in the order they were written, with {@code a*b} and {@code a/b}
 * already expanded. {@link #toString()} prints R syntax that parses back to an equal formula.
 *
 * @param response  the response: a column, a function of one, or {@code cbind(successes, failures)}
 * @param intercept whether the fixed part has a constant
 * @param fixed     main effects and interactions
 * @param offsets   added to the linear predictor with coefficient one
 * @param random    one entry per block of random effects; two of one group are independent of each other
 */
public record Formula(
        Expression response,
        boolean intercept,
        List<FixedTerm> fixed,
        List<Expression> offsets,
        List<RandomTerm> random) {

    public Formula {
        fixed = List.copyOf(fixed);
        offsets = List.copyOf(offsets);
        random = List.copyOf(random);
    }

    /** A main effect (one factor) or an interaction (several); columns are products of the columns of its factors. */
    public record FixedTerm(List<Expression> factors) {
        public FixedTerm {
            factors = List.copyOf(factors);
            if (factors.isEmpty()) {
                throw new IllegalArgumentException("A term has at least one factor.");
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof FixedTerm t && t.factors.equals(factors); // written out as that of a name
        }

        @Override
        public int hashCode() {
            return factors.hashCode();
        }

        @Override
        public String toString() {
            return factors.stream()
                    .map(f -> f instanceof Expression.Binary ? "(" + f + ")" : f.toString())
                    .collect(Collectors.joining(":"));
        }
    }

    /**
     * Random effects of one grouping factor: per level, one for each column of {@code terms} (and a constant).
     *
     * @param structure name of the covariance structure, {@code us} and its like already resolved to what was written
     * @param arguments arguments of the structure: named ones, and unnamed ones under "1", "2", …
     * @param intercept whether the constant is among them
     * @param terms     the other columns; a categorical variable gives its dummies
     * @param grouping  the columns whose combination is the grouping factor; one for {@code g}, two for {@code a:b}
     */
    public record RandomTerm(
            String structure,
            Map<String, Object> arguments,
            boolean intercept,
            List<FixedTerm> terms,
            List<String> grouping) {
        public RandomTerm {
            arguments = Map.copyOf(arguments);
            terms = List.copyOf(terms);
            grouping = List.copyOf(grouping);
        }

        /** The grouping factor's name: {@code g}, or {@code a:b}. */
        public String group() {
            return String.join(":", grouping);
        }

        @Override
        public String toString() {
            List<String> left = new ArrayList<>();
            left.add(intercept ? "1" : "0");
            terms.forEach(t -> left.add(t.toString()));
            StringBuilder out = new StringBuilder(structure)
                    .append('(')
                    .append(String.join(" + ", left))
                    .append(" | ");
            out.append(grouping.stream().map(Expression::quoteName).collect(Collectors.joining(":")));
            arguments.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(a -> out.append(", ")
                    .append(argument(a.getKey(), a.getValue())));
            return out.append(')').toString();
        }

        /** Unnamed arguments have numbers for keys. */
        private static String argument(String key, Object value) {
            String text = value.toString();
            if (value instanceof String s) {
                text = new Expression.Text(s).toString();
            } else if (value instanceof Boolean b) {
                text = new Expression.Flag(b).toString();
            }
            return Character.isDigit(key.charAt(0)) ? text : Expression.quoteName(key) + " = " + text;
        }
    }

    @Override
    public String toString() {
        List<String> right = new ArrayList<>();
        right.add(intercept ? "1" : "0");
        fixed.forEach(t -> right.add(t.toString()));
        offsets.forEach(o -> right.add("offset(" + o + ")"));
        random.forEach(r -> right.add(r.toString()));
        return response + " ~ " + String.join(" + ", right);
    }
}
