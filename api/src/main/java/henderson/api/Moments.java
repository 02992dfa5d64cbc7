package henderson.api;

import org.ejml.data.DMatrixRMaj;

/**
 * Sums of squares and products a structure may start from or maximize over.
 *
 * @param at    indices of the positions present
 * @param count how many levels (or groups) were summed
 * @param sum   their summed second moments, {@code at.length} square, symmetric, in units of {@code σ²}
 */
public record Moments(int[] at, double count, DMatrixRMaj sum) {}
