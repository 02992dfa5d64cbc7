package henderson.equations.linear;

import henderson.api.Natural;
import java.util.List;

/** Names of the natural parameters of a residual structure, unique within it: {@code var(e)}, {@code cov(e1,e2)}, {@code rho}. */
final class ResidualNames {
    private ResidualNames() {}

    static String of(Natural natural, List<String> positions) {
        String symbol = natural.symbol();
        boolean pair = natural.j() >= 0;
        boolean moment = List.of("var", "sd", "cov", "ratio").contains(symbol) || symbol.equals("corr") && pair;
        String inside = "";
        if (moment) {
            inside = natural.i() < 0 ? "e" : "e" + positions.get(natural.i());
            inside += pair && natural.j() != natural.i() ? ",e" + positions.get(natural.j()) : "";
        } else if (natural.i() >= 0) {
            inside = Integer.toString(natural.i()); // a lag
        }
        String levels = String.join(";", natural.levels());
        inside += inside.isEmpty() || levels.isEmpty() ? levels : ";" + levels;
        return inside.isEmpty() ? symbol : symbol + '(' + inside + ')';
    }
}
