package henderson.data;

import henderson.api.Expression;
import henderson.api.StructureCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code name(order…, time | group), by = g, variances = v}. */
final class ResidualParser {
    private static final String PRODUCT = "*";

    private final Parser parser;

    ResidualParser(Parser parser) {
        this.parser = parser;
    }

    StructureCall parse() {
        StructureCall call = structure(parser.expression(Expression.precedence("*")));
        @Nullable Expression by = null;
        @Nullable Expression variances = null;
        while (parser.accept(",")) {
            int at = parser.peek().at();
            Expression e = parser.argument();
            if (e instanceof Expression.Named n && n.name().equals("by") && by == null) {
                by = n.value();
            } else if (e instanceof Expression.Named n && n.name().equals("variances") && variances == null) {
                variances = n.value();
            } else {
                throw parser.error(
                        at, "after the structure stand 'by = variable' and 'variances = variable', each once.", null);
            }
        }
        parser.expectEnd();
        if (variances != null) {
            call = variances(variances, call);
        }
        return by == null ? call : new StructureCall("by", Map.of(), List.of(name(by)), call.group(), List.of(call));
    }

    private StructureCall structure(Expression e) {
        if (e instanceof Expression.Binary b && b.operator().equals("*")) {
            StructureCall left = structure(b.left());
            StructureCall right = structure(b.right());
            String group = left.group() == null ? right.group() : left.group();
            return new StructureCall(PRODUCT, Map.of(), List.of(), group, List.of(left, right));
        }
        if (e instanceof Expression.Name n) {
            return StructureCall.of(n.name(), null);
        }
        if (e instanceof Expression.Call c) {
            return call(c);
        }
        throw parser.error(e, "expected a residual structure.", "Maybe \"ar(1, time | group)\" or \"independent\".");
    }

    private StructureCall call(Expression.Call c) {
        List<String> positions = List.of();
        @Nullable String group = null;
        List<Expression> rest = new ArrayList<>();
        for (Expression a : c.arguments()) {
            if (group == null
                    && a instanceof Expression.Binary b
                    && b.operator().equals("|")) {
                positions = positions(b.left());
                group = String.join(":", Grouping.names(parser, b.right()));
            } else {
                rest.add(a);
            }
        }
        return new StructureCall(c.function(), StructureArguments.of(parser, rest), positions, group, List.of());
    }

    private List<String> positions(Expression e) {
        if (e instanceof Expression.Number n && n.value() == 1) {
            return List.of();
        }
        if (e instanceof Expression.Binary b && b.operator().equals("+")) {
            List<String> out = new ArrayList<>(positions(b.left()));
            out.addAll(positions(b.right()));
            return out;
        }
        return List.of(name(e));
    }

    /** A variable, or {@code power(x)} and {@code exp(x)}: a variance that is a function of a number. */
    private StructureCall variances(Expression e, StructureCall inner) {
        if (e instanceof Expression.Call c && c.arguments().size() == 1) {
            return new StructureCall(
                    "variances",
                    Map.of("function", c.function()),
                    List.of(name(c.arguments().get(0))),
                    inner.group(),
                    List.of(inner));
        }
        return new StructureCall("variances", Map.of(), List.of(name(e)), inner.group(), List.of(inner));
    }

    private String name(Expression e) {
        if (e instanceof Expression.Name n) {
            return n.name();
        }
        throw parser.error(e, "expected a variable but found '" + e + "'.", null);
    }
}
