package henderson.inference;

import henderson.api.Natural;
import java.util.List;

/** Writes {@code var(week)}, {@code cov(a,b)}, {@code sd(e1)} from a parameter and the names of its term's columns. */
final class ParameterNames {
    private ParameterNames() {}

    /** A parameter of a random term; parameters common to all columns name them all. */
    static String random(String symbol, Natural n, List<String> columns) {
        if (n.ofLag()) {
            return symbol + '(' + n.i() + ')';
        }
        boolean pair = symbol.equals("cov") || symbol.equals("corr");
        if (n.i() < 0) {
            boolean named = pair || symbol.equals("var") || symbol.equals("sd");
            return named ? symbol + '(' + String.join(pair && columns.size() == 2 ? "," : " ", columns) + ')' : symbol;
        }
        int i = Math.min(n.i(), n.j() < 0 ? n.i() : n.j());
        int j = Math.max(n.i(), n.j());
        return i == j
                ? symbol + '(' + columns.get(i) + ')'
                : symbol + '(' + columns.get(i) + ',' + columns.get(j) + ')';
    }

    /** A parameter of a residual structure, {@code e} standing for the residual. */
    static String residual(String symbol, Natural n, List<String> columns) {
        boolean moment = List.of("var", "sd", "cov", "ratio").contains(symbol) || symbol.equals("corr") && n.j() >= 0;
        if (!moment) {
            return n.i() < 0 ? symbol : symbol + '(' + n.i() + ')';
        }
        if (n.i() < 0) {
            return symbol + "(e)";
        }
        int i = Math.min(n.i(), n.j() < 0 ? n.i() : n.j());
        int j = Math.max(n.i(), n.j());
        String first = "e" + columns.get(i);
        return i == j ? symbol + '(' + first + ')' : symbol + '(' + first + ",e" + columns.get(j) + ')';
    }
}
