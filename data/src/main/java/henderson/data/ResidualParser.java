package henderson.data;

import henderson.api.Expression;
import henderson.api.StructureCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code name(order…, time | group), by = g, variances = v}. */
final class ResidualParser {
    private final Parser parser;

    ResidualParser(Parser parser) {
        this.parser = parser;
    }

    StructureCall parse() {
        StructureCall call = structure(parser.expression(Expression.precedence("-")));
        int bar = parser.peek().at();
        if (parser.accept("|")) {
            String group = group(parser.expression(Expression.precedence(":")));
            call = grouped(call, group, bar);
        }
        @Nullable Expression by = null;
        @Nullable Expression variances = null;
        while (parser.accept(",")) {
            int at = parser.peek().at();
            Expression e = parser.argument();
            if (e instanceof Expression.Named n && n.name().equals(Calls.BY) && by == null) {
                by = n.value();
            } else if (e instanceof Expression.Named n && n.name().equals(Calls.VARIANCES) && variances == null) {
                variances = n.value();
            } else {
                throw parser.error(
                        at, "after the structure stand 'by = variable' and 'variances = variable', each once.", null);
            }
        }
        parser.expectEnd();
        if (variances != null) {
            call = Modifiers.variances(parser, variances, call);
        }
        return by == null ? call : Modifiers.by(parser, by, call);
    }

    private StructureCall structure(Expression e) {
        if (e instanceof Expression.Binary b && b.operator().equals("*")) {
            StructureCall left = structure(b.left());
            StructureCall right = structure(b.right());
            String group = left.group() == null ? right.group() : left.group();
            StructureCall call = new StructureCall(Calls.PRODUCT, Map.of(), List.of(), null, List.of(left, right));
            return group == null ? call : grouped(call, group, parser.place(e));
        }
        if (e instanceof Expression.Binary b && b.operator().equals("-") && b.left() instanceof Expression.Name n) {
            StructureCall named = structure(b.right()); // continuous-ar1: a name with a dash
            return new StructureCall(
                    n.name() + '-' + named.name(), named.arguments(), named.positions(), named.group(), named.inner());
        }
        if (e instanceof Expression.Name n) {
            return StructureCall.of(n.name(), null);
        }
        if (e instanceof Expression.Call c) {
            return call(c);
        }
        throw parser.error(e, "expected a residual structure.", "Maybe \"ar(1, time | group)\" or \"independent\".");
    }

    /** The call and all inside it with one group. */
    private StructureCall grouped(StructureCall call, String group, int at) {
        if (call.group() != null && !call.group().equals(group)) {
            throw parser.error(
                    at,
                    "two groups, '" + call.group() + "' and '" + group + "', for one residual structure.",
                    "Maybe name the group once, after the structure.");
        }
        List<StructureCall> inner = new ArrayList<>();
        call.inner().forEach(c -> inner.add(grouped(c, group, at)));
        return new StructureCall(call.name(), call.arguments(), call.positions(), group, inner);
    }

    private String group(Expression e) {
        return String.join(":", Grouping.names(parser, e));
    }

    private StructureCall call(Expression.Call c) {
        @Nullable Expression places = null;
        @Nullable String group = null;
        List<Expression> rest = new ArrayList<>();
        for (Expression a : c.arguments()) {
            if (group == null
                    && a instanceof Expression.Binary b
                    && b.operator().equals("|")) {
                places = b.left();
                group = group(b.right());
            } else {
                rest.add(a);
            }
        }
        for (int i = rest.size() - 1; group == null && i >= 0; i--) {
            if (!(rest.get(i) instanceof Expression.Named)) {
                places = isPlaces(rest.get(i)) ? rest.remove(i) : null;
                break;
            }
        }
        return new StructureCall(
                c.function(),
                StructureArguments.of(parser, rest),
                places == null ? List.of() : positions(places),
                group,
                List.of());
    }

    /** Whether the last argument without a name says where rows stand, there being no bar. */
    private static boolean isPlaces(Expression e) {
        return e instanceof Expression.Name
                || e instanceof Expression.Binary b
                        && (b.operator().equals("+") || b.operator().equals(":"))
                        && isPlaces(b.left())
                        && isPlaces(b.right());
    }

    private List<String> positions(Expression e) {
        if (e instanceof Expression.Number n && n.value() == 1) {
            return List.of();
        }
        if (e instanceof Expression.Binary b
                && (b.operator().equals("+") || b.operator().equals(":"))) {
            List<String> out = new ArrayList<>(positions(b.left()));
            out.addAll(positions(b.right()));
            return out;
        }
        return List.of(name(e));
    }

    private String name(Expression e) {
        if (e instanceof Expression.Name n) {
            return n.name();
        }
        throw parser.error(e, "expected a variable but found '" + e + "'.", null);
    }
}
