package henderson.data;

import henderson.api.Expression;
import java.util.ArrayList;
import java.util.List;

/** What stands right of a bar: {@code g}, {@code a:b}, {@code a/b/c}. */
final class Grouping {
    private Grouping() {}

    /** One combination of columns: {@code g} or {@code a:b}. */
    static List<String> names(Parser parser, Expression e) {
        List<List<String>> all = expand(parser, e);
        if (all.size() != 1) {
            throw parser.error(e, "one grouping factor is needed here, not " + all.size() + ".", "Maybe a:b.");
        }
        return all.get(0);
    }

    /** The grouping factors, outermost first; {@code a/b} gives {@code a} and {@code a:b}. */
    static List<List<String>> expand(Parser parser, Expression e) {
        if (e instanceof Expression.Name n) {
            return List.of(List.of(n.name()));
        }
        if (e instanceof Expression.Call c && c.function().equals("factor")) {
            Functions.checkVariable(parser, e);
            return List.of(List.of(((Expression.Name) c.arguments().get(0)).name()));
        }
        if (e instanceof Expression.Binary b && b.operator().equals(":")) {
            return List.of(joined(names(parser, b.left()), names(parser, b.right())));
        }
        if (e instanceof Expression.Binary b && b.operator().equals("/")) {
            List<List<String>> out = new ArrayList<>(expand(parser, b.left()));
            List<String> outer = out.get(out.size() - 1);
            expand(parser, b.right()).forEach(inner -> out.add(joined(outer, inner)));
            return out;
        }
        throw parser.error(
                e,
                "a grouping factor is a variable, a:b or a/b.",
                "Maybe write one term per factor: (1 | a) + (1 | b).");
    }

    private static List<String> joined(List<String> a, List<String> b) {
        List<String> out = new ArrayList<>(a);
        b.forEach(name -> {
            if (!out.contains(name)) {
                out.add(name);
            }
        });
        return out;
    }
}
