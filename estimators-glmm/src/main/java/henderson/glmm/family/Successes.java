package henderson.glmm.family;

import org.jspecify.annotations.Nullable;

/**
 * Successes of trials.
 *
 * @param successes   n
 * @param trials      n
 * @param weights     what each log density is multiplied by, n, or null
 * @param proportions whether the response's values are proportions, not counts
 */
record Successes(double[] successes, double[] trials, double @Nullable [] weights, boolean proportions) {}
