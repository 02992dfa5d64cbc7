package henderson.inference;

import henderson.api.Fit;
import henderson.api.Fit.RandomEstimate;
import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of the variance a model explains (Nakagawa and Schielzeth, 2013; with random slopes, Johnson, 2014).
 *
 * @param fixed    variance of {@code Xβ̂} over the rows, divisor n
 * @param random   mean variance of {@code Zb} over the rows, all terms
 * @param residual residual variance
 */
public record VarianceExplained(double fixed, double random, double residual) {
    /** The parts of a fit's variance. */
    public static VarianceExplained of(Fit fit, RowStatistics rows) {
        if (fit.generalized()) {
            throw new HendersonException(
                    "The explained variance is that of a linear model; this one has the family '"
                            + fit.model().spec().family() + "'.",
                    "Maybe compare models by their variances: --versus.");
        }
        if (fit.residual() != null) {
            throw new HendersonException("The explained variance is defined for residuals of one variance.");
        }
        double random =
                rows.randomVariances().stream().mapToDouble(Double::doubleValue).sum();
        return new VarianceExplained(rows.fixedVariance(), random, fit.sigma2());
    }

    /** R² of the fixed effects alone. */
    public double marginal() {
        return fixed / (fixed + random + residual);
    }

    /** R² of fixed and random effects. */
    public double conditional() {
        return (fixed + random) / (fixed + random + residual);
    }

    /**
     * By how much a variance becomes smaller from one model to another.
     *
     * @param name   grouping factor, or {@code Residual}
     * @param before variance of the intercepts (or residuals) in the smaller model
     * @param after  in the larger one
     */
    public record Reduction(String name, double before, double after) {
        /** {@code 1 − after/before}; NaN where there was nothing to reduce. */
        public double proportion() {
            return before > 0 ? 1 - after / before : Double.NaN;
        }
    }

    /** The reduction of each variance that both models have, in the order of the smaller one, the residual's last. */
    public static List<Reduction> reductions(Fit smaller, Fit larger) {
        List<Reduction> out = new ArrayList<>();
        for (RandomEstimate before : smaller.random()) {
            for (RandomEstimate after : larger.random()) {
                int i = IntraclassCorrelation.constant(before.term());
                int j = IntraclassCorrelation.constant(after.term());
                if (before.term().group().equals(after.term().group()) && i >= 0 && j >= 0) {
                    out.add(new Reduction(
                            before.term().group(),
                            before.covariance().get(i, i),
                            after.covariance().get(j, j)));
                }
            }
        }
        if (!smaller.generalized() && !larger.generalized()) {
            out.add(new Reduction("Residual", smaller.sigma2(), larger.sigma2()));
        }
        return out;
    }
}
