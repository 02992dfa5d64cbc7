package henderson.inference;

import henderson.api.HendersonException;

/**
 * Observed against predicted outcomes: those of at least some probability are predicted to be successes.
 *
 * @param cutoff        that probability
 * @param truePositive  successes predicted
 * @param falsePositive failures predicted to be successes
 * @param falseNegative successes predicted to be failures
 * @param trueNegative  failures predicted
 */
public record Classification(
        double cutoff, double truePositive, double falsePositive, double falseNegative, double trueNegative) {
    /**
     * At a cutoff.
     *
     * @throws HendersonException for a cutoff that is no probability
     */
    public static Classification of(BinaryOutcomes all, double cutoff) {
        if (!(cutoff >= 0 && cutoff <= 1)) {
            throw new HendersonException("The cutoff is " + cutoff + "; it must be a probability, 0 to 1.");
        }
        double[] sums = new double[4];
        for (int i = 0; i < all.probability().length; i++) {
            int negative = all.probability()[i] >= cutoff ? 0 : 2;
            sums[negative] += all.successes()[i];
            sums[negative + 1] += all.failures()[i];
        }
        return new Classification(cutoff, sums[0], sums[1], sums[2], sums[3]);
    }

    /** Share of the successes that are predicted. */
    public double sensitivity() {
        return truePositive / (truePositive + falseNegative);
    }

    /** Share of the failures that are predicted. */
    public double specificity() {
        return trueNegative / (trueNegative + falsePositive);
    }

    /** Share of predicted successes that are ones; NaN where none is predicted. */
    public double positivePredictiveValue() {
        return truePositive / (truePositive + falsePositive);
    }

    /** Share of predicted failures that are ones; NaN where none is predicted. */
    public double negativePredictiveValue() {
        return trueNegative / (trueNegative + falseNegative);
    }

    /** Share of all that are predicted as they are. */
    public double correct() {
        return (truePositive + trueNegative) / (truePositive + falsePositive + falseNegative + trueNegative);
    }
}
