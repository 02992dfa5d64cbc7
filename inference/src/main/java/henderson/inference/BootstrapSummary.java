package henderson.inference;

import henderson.api.Fit;
import henderson.inference.BootstrapQuantity.Interval;
import henderson.inference.BootstrapQuantity.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Makes bias, standard errors and intervals of the numbers of replicates. */
final class BootstrapSummary {
    private final Fit fit;
    private final double level;
    private final double[][] replicates;
    private final int p;
    private final double z;
    private final List<BootstrapQuantity> out = new ArrayList<>();

    BootstrapSummary(Fit fit, double level, double[][] replicates) {
        this.fit = fit;
        this.level = level;
        this.replicates = replicates;
        this.p = fit.beta().length;
        this.z = new Intervals(level).quantile();
    }

    List<BootstrapQuantity> quantities() {
        // the fit's standard errors do not depend on rows
        Summary summary = Summary.of(fit, level, 1);
        for (int j = 0; j < p; j++) {
            int at = j;
            Coefficient c = summary.fixed().get(j);
            add(Kind.FIXED, c.name(), null, c.name(), c.estimate(), c.standardError(), r -> r[at]);
        }
        for (int t = 0; t < fit.random().size(); t++) {
            String group = fit.random().get(t).term().group();
            block(t, group, fit.random().get(t).term().columns());
        }
        if (fit.generalized()) {
            block(Summary.AUXILIARY, fit.model().spec().family(), List.of());
        } else {
            Fit.RandomEstimate residual = fit.residual();
            block(-1, "Residual", residual == null ? List.of() : residual.term().columns());
        }
        add(
                Kind.LOG_LIKELIHOOD,
                "logLikelihood",
                null,
                "log-likelihood",
                fit.logLikelihood(),
                null,
                r -> r[r.length - 1]);
        return out;
    }

    /** Parameters of a term, then the same as standard deviations and correlations. */
    private void block(int term, String group, List<String> columns) {
        VarianceEstimates estimates = new VarianceEstimates(fit, new Intervals(level), term, columns);
        List<Integer> positions = estimates.positions();
        List<Estimate> plain = estimates.parameters();
        List<Estimate> standard = estimates.standardDeviations();
        for (int i = 0; i < plain.size(); i++) {
            int k = positions.get(i);
            Estimate e = plain.get(i);
            String name = fit.parameters().get(k).name();
            boolean variance = !label(e).equals(label(standard.get(i)));
            add(
                    variance ? Kind.VARIANCE : Kind.OTHER,
                    name,
                    group,
                    label(e),
                    e.estimate(),
                    e.standardError(),
                    r -> r[p + k]);
        }
        for (int i = 0; i < standard.size(); i++) {
            int at = i;
            Estimate e = standard.get(i);
            String name = fit.parameters().get(positions.get(i)).name();
            if (label(e).equals(label(plain.get(i)))) {
                continue;
            }
            String own = e.name().substring(0, e.name().indexOf('(')) + name.substring(name.indexOf('('));
            add(
                    Kind.STANDARD,
                    own,
                    group,
                    label(e),
                    e.estimate(),
                    e.standardError(),
                    r -> estimates.standardized(at, Arrays.copyOfRange(r, p, r.length - 1)));
        }
    }

    private static String label(Estimate e) {
        return e.level() == null ? e.name() : e.name() + ", " + e.level();
    }

    private void add(
            Kind kind,
            String name,
            @Nullable String group,
            String label,
            double estimate,
            @Nullable Double hessianError,
            ToDoubleFunction<double[]> value) {
        double[] values = new double[replicates.length];
        int n = 0;
        int undefined = 0;
        for (double[] replicate : replicates) {
            if (Double.isNaN(replicate[replicate.length - 1])) {
                continue;
            }
            double v = value.applyAsDouble(replicate);
            if (Double.isNaN(v)) {
                undefined++;
            } else {
                values[n++] = v;
            }
        }
        double[] sorted = Arrays.copyOf(values, n);
        Arrays.sort(sorted);
        out.add(quantity(kind, name, group, label, estimate, hessianError, undefined, sorted));
    }

    private BootstrapQuantity quantity(
            Kind kind,
            String name,
            @Nullable String group,
            String label,
            double estimate,
            @Nullable Double hessianError,
            int undefined,
            double[] sorted) {
        if (sorted.length < 2 || Double.isNaN(estimate)) {
            return new BootstrapQuantity(
                    kind, name, group, label, estimate, hessianError, undefined, null, null, null, null, null, null);
        }
        double mean = mean(sorted);
        double squares = 0;
        for (double v : sorted) {
            squares += (v - mean) * (v - mean);
        }
        double se = Math.sqrt(squares / (sorted.length - 1));
        double bias = mean - estimate;
        double tail = (1 - level / 100) / 2;
        double lower = quantile(sorted, tail);
        double upper = quantile(sorted, 1 - tail);
        boolean known = !Double.isNaN(lower) && !Double.isNaN(upper);
        return new BootstrapQuantity(
                kind,
                name,
                group,
                label,
                estimate,
                hessianError,
                undefined,
                mean,
                bias,
                se,
                known ? new Interval(lower, upper) : null,
                known ? new Interval(2 * estimate - upper, 2 * estimate - lower) : null,
                new Interval(estimate - bias - z * se, estimate - bias + z * se));
    }

    private static double mean(double[] values) {
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            mean += (values[i] - mean) / (i + 1);
        }
        return mean;
    }

    /** At {@code (n + 1) p} among the order statistics, between two by a line; NaN where that is outside. */
    static double quantile(double[] sorted, double p) {
        double at = (sorted.length + 1) * p;
        int below = (int) Math.floor(at);
        if (below < 1 || at > sorted.length) {
            return Double.NaN;
        }
        double low = sorted[below - 1];
        return below == sorted.length ? low : low + (at - below) * (sorted[below] - low);
    }
}
