package henderson.equations.linear;

import henderson.api.Natural;
import java.util.List;
import java.util.Set;

/** Names of the natural parameters of a residual structure, unique within it: {@code var(e)}, {@code cov(e1,e2)}, {@code rho}. */
final class ResidualNames {
    /** Symbols whose argument is the residual. */
    private static final Set<String> OF_RESIDUALS = Set.of("var", "cov", "sd", "corr");

    private ResidualNames() {}

    static String of(Natural natural, List<String> positions) {
        StringBuilder out = new StringBuilder(natural.symbol());
        boolean ofPositions = natural.i() >= 0;
        if (OF_RESIDUALS.contains(natural.symbol()) || ofPositions) {
            out.append("(e").append(ofPositions ? positions.get(natural.i()) : "");
            if (natural.j() >= 0 && natural.j() != natural.i()) {
                out.append(",e").append(positions.get(natural.j()));
            }
            natural.levels().forEach(level -> out.append(';').append(level));
            return out.append(')').toString();
        }
        if (!natural.levels().isEmpty()) {
            out.append('(').append(String.join(";", natural.levels())).append(')');
        }
        return out.toString();
    }
}
