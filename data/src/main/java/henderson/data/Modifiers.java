package henderson.data;

import henderson.api.Expression;
import henderson.api.StructureCall;
import java.util.List;
import java.util.Map;

/** {@code by = f} and {@code variances = f}: calls around a structure, {@code by} outermost. */
final class Modifiers {
    private Modifiers() {}

    /** The structure with every parameter separate by level of {@code f} or {@code a:b}. */
    static StructureCall by(Parser parser, Expression e, StructureCall inner) {
        return over(Calls.BY, Map.of(), Grouping.names(parser, e), inner);
    }

    /** The structure with variances by level, or as {@code power(x)} or {@code exp(x)}. */
    static StructureCall variances(Parser parser, Expression e, StructureCall inner) {
        if (e instanceof Expression.Call c
                && c.arguments().size() == 1
                && !c.function().equals("factor")) {
            if (!(c.arguments().get(0) instanceof Expression.Name x)) {
                throw parser.error(
                        e, "expected a variable but found '" + c.arguments().get(0) + "'.", null);
            }
            return over(Calls.VARIANCES, Map.of(Calls.FUNCTION, c.function()), List.of(x.name()), inner);
        }
        return over(Calls.VARIANCES, Map.of(), Grouping.names(parser, e), inner);
    }

    private static StructureCall over(
            String name, Map<String, Object> arguments, List<String> columns, StructureCall inner) {
        return new StructureCall(name, arguments, columns, inner.group(), List.of(inner));
    }
}
