package henderson.api;

/**
 * A known precision {@code K⁻¹} among the levels of a term, as the lower triangle of a sparse symmetric matrix: {@code b ~
 * N(0, σ² K ⊗ G)}.
 *
 * @param rows           row of each entry
 * @param columns        column of each entry, ≤ its row
 * @param values         the entries; every diagonal entry is present
 * @param logDeterminant {@code log|K⁻¹|}
 */
public record LevelPrecision(int[] rows, int[] columns, double[] values, double logDeterminant) {}
