package henderson.inference;

import henderson.api.Fit;
import henderson.api.Fit.Parameter;
import henderson.api.Natural;
import henderson.api.Scale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The variance parameters of one term, as they are and as standard deviations and correlations (delta method). */
final class VarianceEstimates {
    private final Fit fit;
    private final Intervals intervals;
    private final int term;
    private final List<String> columns;
    /** Positions in the fit's parameters, in the order of the report. */
    private final List<Integer> order;

    /**
     * Those of one term.
     *
     * @param term    index of a random term, −1 for the residual, {@link Summary#AUXILIARY} for the family
     * @param columns names of its columns or positions
     */
    VarianceEstimates(Fit fit, Intervals intervals, int term, List<String> columns) {
        this.fit = fit;
        this.intervals = intervals;
        this.term = term;
        this.columns = columns;
        this.order = order();
    }

    /**
     * Random terms: variances, covariances, others; residual structures: others, variances, covariances, what all levels
     * share before what each has.
     */
    private List<Integer> order() {
        List<Integer> out = new ArrayList<>();
        for (int k = 0; k < fit.parameters().size(); k++) {
            int own = fit.parameters().get(k).term();
            if (own == term || term == Summary.AUXILIARY && own < 0) {
                out.add(k);
            }
        }
        List<List<String>> levels = new ArrayList<>(List.of(List.of()));
        out.forEach(k -> levels.add(natural(k).levels()));
        out.sort(Comparator.<Integer>comparingInt(
                        k -> term < 0 ? levels.indexOf(natural(k).levels()) : 0)
                .thenComparingInt(k -> rank(natural(k)))
                .thenComparingInt(k ->
                        isCovariance(k) ? Math.min(natural(k).i(), natural(k).j()) : 0)
                .thenComparingInt(k ->
                        isCovariance(k) ? Math.max(natural(k).i(), natural(k).j()) : 0));
        return out;
    }

    /** Positions in the fit's parameters of what {@link #parameters} and {@link #standardDeviations} list. */
    List<Integer> positions() {
        return List.copyOf(order);
    }

    /**
     * What {@link #standardDeviations} gives for a parameter, where the parameters have other values; NaN for a correlation
     * with a variance of zero.
     *
     * @param at     index in the list
     * @param values by position in the fit's parameters
     */
    double standardized(int at, double[] values) {
        int k = order.get(at);
        Natural n = natural(k);
        if (n.symbol().equals("var")) {
            return Math.sqrt(values[k]);
        }
        if (!isCovariance(k)) {
            return values[k];
        }
        int a = varianceOf(n, n.i());
        int b = varianceOf(n, n.j());
        if (a < 0 || b < 0) {
            return values[k];
        }
        double scale = Math.sqrt(values[a]) * Math.sqrt(values[b]);
        return scale > 0 ? Math.max(-1, Math.min(1, values[k] / scale)) : Double.NaN;
    }

    private int rank(Natural n) {
        return switch (n.symbol()) {
            case "var" -> 1;
            case "cov" -> 2;
            default -> term < 0 ? 0 : 3;
        };
    }

    private Natural natural(int k) {
        return fit.parameters().get(k).natural();
    }

    private boolean isCovariance(int k) {
        return natural(k).symbol().equals("cov");
    }

    /** Variances, covariances and whatever else the structure has. */
    List<Estimate> parameters() {
        List<Estimate> out = new ArrayList<>();
        for (int k : order) {
            Parameter p = fit.parameters().get(k);
            out.add(intervals.estimate(
                    name(p.natural().symbol(), p.natural()),
                    level(p.natural()),
                    p.estimate(),
                    variance(k, k),
                    p.natural().scale(),
                    p.boundary()));
        }
        return out;
    }

    /** Standard deviations for variances, correlations for covariances, the rest as it is. */
    List<Estimate> standardDeviations() {
        List<Estimate> out = new ArrayList<>();
        List<Estimate> plain = parameters();
        for (int at = 0; at < order.size(); at++) {
            int k = order.get(at);
            out.add(
                    switch (natural(k).symbol()) {
                        case "var" -> standardDeviation(k);
                        case "cov" -> correlation(k, plain.get(at));
                        default -> plain.get(at);
                    });
        }
        return out;
    }

    private Estimate standardDeviation(int k) {
        Parameter p = fit.parameters().get(k);
        double v = p.estimate();
        // d√v/dv = 1/(2√v)
        return intervals.estimate(
                name("sd", p.natural()),
                level(p.natural()),
                Math.sqrt(v),
                variance(k, k) / (4 * v),
                Scale.LOG,
                p.boundary());
    }

    private Estimate correlation(int k, Estimate plain) {
        Parameter p = fit.parameters().get(k);
        int a = varianceOf(p.natural(), p.natural().i());
        int b = varianceOf(p.natural(), p.natural().j());
        if (a < 0 || b < 0) {
            return plain;
        }
        double va = fit.parameters().get(a).estimate();
        double vb = fit.parameters().get(b).estimate();
        double scale = Math.sqrt(va) * Math.sqrt(vb);
        double r = scale > 0 ? Math.max(-1, Math.min(1, p.estimate() / scale)) : Double.NaN;
        // gradient of c/√(ab): (1/√(ab), −r/(2a), −r/(2b))
        double[] g = {1 / scale, -r / (2 * va), -r / (2 * vb)};
        int[] at = {k, a, b};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                sum += g[i] * g[j] * variance(at[i], at[j]);
            }
        }
        return intervals.estimate(
                name("corr", p.natural()), level(p.natural()), r, sum, Scale.ATANH, p.boundary() || Math.abs(r) == 1);
    }

    /** The parameter that is the variance at a position, of the same level; −1 if there is none. */
    private int varianceOf(Natural covariance, int position) {
        for (int k : order) {
            Natural n = natural(k);
            boolean here = n.i() < 0 || n.i() == position;
            if (n.symbol().equals("var") && here && n.levels().equals(covariance.levels())) {
                return k;
            }
        }
        return -1;
    }

    private double variance(int j, int k) {
        DMatrixRMaj v = fit.parameterCovariance();
        return j < v.numRows && k < v.numCols ? v.get(j, k) : Double.NaN;
    }

    private String name(String symbol, Natural n) {
        if (term == Summary.AUXILIARY) {
            return symbol.equals("var") ? "var(Residual)" : symbol;
        }
        if (term >= 0) {
            return ParameterNames.random(symbol, n, columns);
        }
        boolean alone = fit.residual() == null;
        return alone ? symbol + "(Residual)" : ParameterNames.residual(symbol, n, columns);
    }

    private static @Nullable String level(Natural n) {
        return n.levels().isEmpty() ? null : String.join(",", n.levels());
    }
}
