package henderson.inference;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.inference.Prediction.Effects;
import henderson.inference.Prediction.Quantity;
import java.util.Arrays;
import java.util.List;

/**
 * Successes and failures beside the probabilities that a fit gives them, ascending by probability; equal probabilities are one
 * entry. Arrays are not copied: do not modify.
 *
 * @param probability ascending
 * @param successes   counted as often as frequency weights say
 * @param failures    likewise
 */
public record BinaryOutcomes(double[] probability, double[] successes, double[] failures) {

    /**
     * Of the rows of a model whose response is there.
     *
     * @param effects what stands for the random effects
     * @throws HendersonException for a response that does not count successes, and for one that is all the same
     */
    public static BinaryOutcomes of(Fit fit, Model model, Effects effects) {
        BoundFamily family = model.family();
        if (family == null || !fit.generalized() || Outcomes.of(fit.model()).size() > 2) {
            throw new HendersonException(
                    "Classification and calibration are of a response of successes and failures; this one is '"
                            + fit.model().responseName() + "' with the family '"
                            + fit.model().spec().family() + "'.",
                    "Maybe the family should be binomial.");
        }
        double[] p = new double[Math.toIntExact(model.rows())];
        int[] place = {0};
        Prediction.of(fit, List.of(Quantity.PR), effects).forEachRow(model, (row, v) -> p[place[0]++] = v[0]);
        double[] successes = new double[p.length];
        double[] failures = new double[p.length];
        int at = 0;
        for (Batch batch : model.batches()) {
            double[] frequencies = batch.frequencies();
            for (int i = 0; i < batch.rows(); i++, at++) {
                double y = batch.y()[i];
                double f = frequencies == null ? 1 : frequencies[i];
                double trials = family.trials(at);
                // a count has the mean np, a proportion p
                double scale = family.mean(at, 0, phi(fit)) / family.probability(at, 1, 0, phi(fit));
                if (!Double.isNaN(y) && !Double.isNaN(p[at])) {
                    successes[at] = f * y * trials / scale;
                    failures[at] = f * trials - successes[at];
                }
            }
        }
        return sorted(p, successes, failures);
    }

    private static double[] phi(Fit fit) {
        return fit.integrated() == null ? new double[0] : fit.integrated().phi();
    }

    /** From rows in any order; those without weight are left out. */
    static BinaryOutcomes sorted(double[] p, double[] successes, double[] failures) {
        Integer[] order = new Integer[p.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(p[a], p[b]));
        double[] value = new double[p.length];
        double[] one = new double[p.length];
        double[] zero = new double[p.length];
        int count = 0;
        double last = Double.NaN;
        for (int i : order) {
            if (successes[i] + failures[i] > 0) {
                count += p[i] == last ? 0 : 1;
                last = p[i];
                value[count - 1] = last;
                one[count - 1] += successes[i];
                zero[count - 1] += failures[i];
            }
        }
        BinaryOutcomes out =
                new BinaryOutcomes(Arrays.copyOf(value, count), Arrays.copyOf(one, count), Arrays.copyOf(zero, count));
        if (!(out.allSuccesses() > 0 && out.allFailures() > 0)) {
            throw new HendersonException("The rows have " + (out.allSuccesses() > 0 ? "no failure" : "no success")
                    + "; there is nothing to tell apart.");
        }
        return out;
    }

    /** Number of successes. */
    public double allSuccesses() {
        return Arrays.stream(successes).sum();
    }

    /** Number of failures. */
    public double allFailures() {
        return Arrays.stream(failures).sum();
    }
}
