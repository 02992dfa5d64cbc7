package henderson.api;

import java.util.List;

/**
 * A parameter as people report it. The report writes {@code var(x)}, {@code cov(x,y)} or {@code phi1} from it, so that no
 * structure knows the names of columns.
 *
 * @param symbol {@code var}, {@code cov}, {@code corr}, {@code rho}, {@code phi1}, …
 * @param i      position it belongs to, or −1; a lag where {@link #ofLag()}
 * @param j      second position, or −1
 * @param levels levels it belongs to under {@code by} or {@code variances}; empty otherwise
 * @param scale  where its interval is symmetric
 */
public record Natural(String symbol, int i, int j, List<String> levels, Scale scale) {
    public Natural {
        levels = List.copyOf(levels);
    }

    /** The variance at position {@code i} (−1: common to all). */
    public static Natural variance(int i) {
        return new Natural("var", i, i, List.of(), Scale.LOG);
    }

    /** The covariance of positions {@code i} and {@code j} (−1: common to all pairs). */
    public static Natural covariance(int i, int j) {
        return new Natural("cov", i, j, List.of(), Scale.PLAIN);
    }

    /** A correlation. */
    public static Natural correlation(String symbol, int i, int j) {
        return new Natural(symbol, i, j, List.of(), Scale.ATANH);
    }

    /** A correlation at a lag, common to all pairs of positions that far apart. */
    public static Natural correlationAtLag(int lag) {
        return new Natural("corr", lag, -1, List.of(), Scale.ATANH);
    }

    /** Whether {@code i} is a lag: a correlation without a second position. */
    public boolean ofLag() {
        return symbol.equals("corr") && i >= 0 && j < 0;
    }
}
