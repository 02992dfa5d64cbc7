package henderson.data;

import henderson.api.Expression;
import java.util.List;
import java.util.Random;

/** Random formulas and filters, for laws. */
final class FormulaDraw {
    private static final List<String> NAMES = List.of("x", "z", "a.b", "my var", ".v", "_q", "TRUE2", "é", "2d", "if");

    private FormulaDraw() {}

    private static String name(Random r) {
        return Expression.quoteName(NAMES.get(r.nextInt(NAMES.size())));
    }

    private static String number(Random r) {
        return List.of("1", "2.50", "1e-3", ".5", "100").get(r.nextInt(5));
    }

    private static String arithmetic(Random r, int depth) {
        if (depth == 0) {
            return r.nextInt(3) == 0 ? number(r) : name(r);
        }
        String left = arithmetic(r, depth - 1);
        return switch (r.nextInt(6)) {
            case 0 -> "-" + left;
            case 1 -> "(" + left + ")";
            case 2 -> "exp(" + left + ")";
            default ->
                "(" + left + ") " + List.of("+", "-", "*", "/", "^").get(r.nextInt(5)) + " "
                        + arithmetic(r, r.nextInt(depth));
        };
    }

    private static String variable(Random r) {
        return switch (r.nextInt(8)) {
            case 0 -> "log(" + arithmetic(r, 1) + ")";
            case 1 -> "I(" + arithmetic(r, 3) + ")";
            case 2 -> "factor(" + name(r) + ")";
            case 3 -> "poly(" + name(r) + ", " + (1 + r.nextInt(3)) + (r.nextBoolean() ? ")" : ", raw = TRUE)");
            case 4 -> (r.nextBoolean() ? "mean(" : "center(") + name(r) + " | " + group(r, 2) + ")";
            default -> name(r);
        };
    }

    private static String terms(Random r, int size) {
        StringBuilder out = new StringBuilder(r.nextInt(4) == 0 ? "0" : "1");
        for (int i = 0; i < size; i++) {
            out.append(" + ").append(variable(r));
            while (r.nextInt(3) == 0) {
                out.append(List.of("*", ":", "/", " - ", " + ").get(r.nextInt(5)))
                        .append(variable(r));
            }
            if (r.nextInt(6) == 0) {
                out.append(" + (")
                        .append(variable(r))
                        .append(" + ")
                        .append(variable(r))
                        .append(")^2");
            }
        }
        return out.toString();
    }

    private static String group(Random r, int most) {
        StringBuilder out = new StringBuilder(name(r));
        for (int i = r.nextInt(most); i > 0; i--) {
            out.append(":").append(name(r));
        }
        return out.toString();
    }

    static String formula(Random r, int size) {
        StringBuilder out = new StringBuilder(r.nextInt(4) == 0 ? "log(resp)" : "resp");
        out.append(" ~ ").append(terms(r, r.nextInt(size + 1)));
        for (int i = r.nextInt(size + 1); i > 0; i--) {
            String group = r.nextInt(3) == 0 ? name(r) + "/" + name(r) : group(r, 3);
            String bar = r.nextInt(3) == 0 ? " || " : " | ";
            String term = "1 + " + terms(r, r.nextInt(3)).substring(1).replaceFirst("^ \\+ ", "");
            term = term.equals("1 + ") ? "1" : term;
            out.append(" + ");
            out.append(
                    r.nextInt(3) == 0
                            ? "us(" + term + " | " + group + ", k = " + r.nextInt(3) + ", w = \"a \\\"q\\\"\")"
                            : "(" + term + bar + group + ")");
        }
        if (r.nextInt(3) == 0) {
            out.append(" + offset(").append(arithmetic(r, 2)).append(")");
        }
        return out.toString();
    }

    static Expression filter(Random r, int depth) {
        if (depth == 0) {
            return switch (r.nextInt(4)) {
                case 0 -> new Expression.Number(2.5, "2.5");
                case 1 -> new Expression.Call("count", List.of(new Expression.Name("my var")));
                default -> new Expression.Name(NAMES.get(r.nextInt(NAMES.size())));
            };
        }
        Expression left = filter(r, r.nextInt(depth));
        return switch (r.nextInt(8)) {
            case 0 -> new Expression.Unary("!", left);
            case 1 -> new Expression.Unary("-", left);
            case 2 -> new Expression.Call("log", List.of(left));
            case 3 -> new Expression.Binary("==", left, new Expression.Text("a \"b\" \\c"));
            default ->
                new Expression.Binary(
                        List.of("&&", "||", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "^")
                                .get(r.nextInt(13)),
                        left,
                        filter(r, depth - 1));
        };
    }
}
