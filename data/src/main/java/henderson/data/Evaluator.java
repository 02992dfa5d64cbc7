package henderson.data;

import henderson.api.Expression;
import henderson.api.HendersonException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes vectors of expressions. True is 1, false is 0; a comparison with a missing value is missing, {@code false &&
 * missing} is false, {@code true || missing} is true.
 */
final class Evaluator {
    private final Variables variables;
    /** Rows over which means of groups are taken; null before they are known. */
    private final @Nullable Rows used;

    private final Constants constants;

    private final Map<Expression, Vector> ofGroups = new HashMap<>();

    Evaluator(Variables variables, @Nullable Rows used, Constants constants) {
        this.variables = variables;
        this.used = used;
        this.constants = constants;
    }

    Vector vector(Expression e) {
        if (e instanceof Expression.Name n) {
            return ColumnVector.of(variables.numeric(n.name()), false);
        }
        if (e instanceof Expression.Number n) {
            return constant(n.value());
        }
        if (e instanceof Expression.Flag f) {
            return constant(f.value() ? 1 : 0);
        }
        if (e instanceof Expression.Unary u) {
            return map(vector(u.operand()), u.operator().equals("-") ? x -> -x : Evaluator::not);
        }
        if (e instanceof Expression.Binary b) {
            return binary(b);
        }
        if (e instanceof Expression.Call c) {
            return call(c);
        }
        throw new HendersonException("'" + e + "' is not a number.", "Maybe compare it with == or !=.");
    }

    private static Vector constant(double value) {
        return (rows, count, out, scratch) -> java.util.Arrays.fill(out, 0, count, value);
    }

    private static double not(double x) {
        return Double.isNaN(x) ? x : x == 0 ? 1 : 0;
    }

    private static Vector map(Vector of, DoubleUnaryOperator f) {
        return (rows, count, out, scratch) -> {
            of.fill(rows, count, out, scratch);
            for (int i = 0; i < count; i++) {
                out[i] = f.applyAsDouble(out[i]);
            }
        };
    }

    private static Vector combine(Vector left, Vector right, DoubleBinaryOperator f) {
        return (rows, count, out, scratch) -> {
            left.fill(rows, count, out, scratch);
            double[] other = scratch.borrow();
            right.fill(rows, count, other, scratch);
            for (int i = 0; i < count; i++) {
                out[i] = f.applyAsDouble(out[i], other[i]);
            }
            scratch.giveBack();
        };
    }

    private Vector binary(Expression.Binary b) {
        String operator = b.operator();
        boolean equality = operator.equals("==") || operator.equals("!=");
        if (equality && (isText(b.left()) || isText(b.right()))) {
            return TextEquality.of(variables, b);
        }
        return combine(operand(b, b.left()), operand(b, b.right()), operation(operator));
    }

    private boolean isText(Expression e) {
        return e instanceof Expression.Text
                || e instanceof Expression.Name n
                        && variables.column(n.name()) instanceof CategoricalColumn c
                        && Numbers.allNumbers(c.levels()) == null;
    }

    /** A side of a comparison may be a factor whose levels are numbers. */
    private Vector operand(Expression.Binary b, Expression side) {
        boolean comparison = Expression.precedence(b.operator()) == Expression.precedence("==");
        if (comparison
                && side instanceof Expression.Name n
                && variables.column(n.name()) instanceof CategoricalColumn c) {
            double[] numbers = Numbers.allNumbers(c.levels());
            if (numbers == null) {
                throw new HendersonException(
                        "'" + b + "' asks for the order of a categorical variable.",
                        "Maybe == or != with a level between quotes.");
            }
            return byLevel(c, numbers);
        }
        return vector(side);
    }

    private static DoubleBinaryOperator operation(String operator) {
        return switch (operator) {
            case "+" -> Double::sum;
            case "-" -> (x, y) -> x - y;
            case "*" -> (x, y) -> x * y;
            case "/" -> (x, y) -> x / y;
            case "^" -> Evaluator::power;
            case "==" -> (x, y) -> truth(x, y, x == y);
            case "!=" -> (x, y) -> truth(x, y, x != y);
            case "<" -> (x, y) -> truth(x, y, x < y);
            case "<=" -> (x, y) -> truth(x, y, x <= y);
            case ">" -> (x, y) -> truth(x, y, x > y);
            case ">=" -> (x, y) -> truth(x, y, x >= y);
            case "&&" -> (x, y) -> x == 0 || y == 0 ? 0 : truth(x, y, true);
            case "||" -> (x, y) -> x != 0 && !Double.isNaN(x) || y != 0 && !Double.isNaN(y) ? 1 : truth(x, y, false);
            default -> throw new HendersonException("'" + operator + "' cannot stand in an expression of numbers.");
        };
    }

    private static double truth(double x, double y, boolean value) {
        return Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : value ? 1 : 0;
    }

    /** Squares and cubes are products: exact where {@link Math#pow} may be a unit off. */
    private static double power(double x, double y) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.NaN;
        }
        return y == 2 ? x * x : y == 3 ? x * x * x : Math.pow(x, y);
    }

    private Vector call(Expression.Call c) {
        DoubleUnaryOperator f = Functions.ELEMENTARY.get(c.function());
        if (f != null) {
            Vector of = vector(c.arguments().get(0));
            return c.function().equals("I") ? of : map(of, f);
        }
        if (c.function().equals(Functions.MISSING)) {
            return missing(c.arguments().get(0));
        }
        if (c.function().equals("count") && c.arguments().get(0) instanceof Expression.Name n) {
            return count(variables.factor(n.name()));
        }
        if (Functions.OF_GROUPS.contains(c.function())) {
            Vector known = ofGroups.get(c);
            if (known == null) {
                known = ofGroup(c);
                ofGroups.put(c, known);
            }
            return known;
        }
        throw new HendersonException("'" + c + "' cannot stand in an expression of numbers.");
    }

    /** 1 where there is no value, otherwise 0. */
    private Vector missing(Expression e) {
        if (e instanceof Expression.Name n && variables.column(n.name()) instanceof CategoricalColumn c) {
            return (rows, count, out, scratch) -> {
                for (int i = 0; i < count; i++) {
                    out[i] = c.missing(rows[i]) ? 1 : 0;
                }
            };
        }
        return map(vector(e), x -> Double.isNaN(x) ? 1 : 0);
    }

    /** Rows of the whole table that share this row's level. */
    private static Vector count(CategoricalColumn column) {
        double[] counts = new double[column.levels().size()];
        for (int i = 0; i < column.size(); i++) {
            if (column.code(i) >= 0) {
                counts[column.code(i)]++;
            }
        }
        return byLevel(column, counts);
    }

    private static Vector byLevel(CategoricalColumn column, double[] values) {
        return (rows, count, out, scratch) -> {
            for (int i = 0; i < count; i++) {
                int code = column.code(rows[i]);
                out[i] = code < 0 ? Double.NaN : values[code];
            }
        };
    }

    /** {@code mean(x | g)} and {@code center(x | g)}. */
    private Vector ofGroup(Expression.Call c) {
        if (used == null || !(c.arguments().get(0) instanceof Expression.Binary bar)) {
            throw new HendersonException("'" + c + "' cannot stand here: it depends on which rows are used.");
        }
        Vector x = vector(bar.left());
        CategoricalColumn group = Combination.of(variables, Variables.names(bar.right()), used);
        double[] means = means(x, group, used);
        Map<String, Double> given = constants.means(c.toString());
        for (int g = 0; given != null && g < means.length; g++) {
            // a group that the fit has not seen has its own mean
            means[g] = given.getOrDefault(group.levels().get(g), means[g]);
        }
        constants.means(c.toString(), group, means);
        Vector mean = byLevel(group, means);
        return c.function().equals("mean") ? mean : combine(x, mean, (a, m) -> a - m);
    }

    /** Means by level; sums are compensated. */
    private static double[] means(Vector x, CategoricalColumn group, Rows used) {
        int n = group.levels().size();
        double[] sum = new double[n];
        double[] lost = new double[n];
        long[] count = new long[n];
        double[] values = new double[Rows.BATCH];
        Scratch scratch = new Scratch();
        used.forEachBatch((rows, m) -> {
            x.fill(rows, m, values, scratch);
            for (int i = 0; i < m; i++) {
                int g = group.code(rows[i]);
                if (g >= 0) {
                    double t = sum[g] + values[i];
                    lost[g] += Math.abs(sum[g]) >= Math.abs(values[i])
                            ? sum[g] - t + values[i]
                            : values[i] - t + sum[g]; // Neumaier
                    sum[g] = t;
                    count[g]++;
                }
            }
        });
        for (int g = 0; g < n; g++) {
            sum[g] = (sum[g] + lost[g]) / count[g];
        }
        return sum;
    }
}
