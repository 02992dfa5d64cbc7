/**
 * The nouns of Henderson (specification, model, fit) and the interfaces that plug-ins implement. Nothing here computes.
 *
 * <p>Letters are those of {@code docs/theory.md}: {@code y} n, {@code X} n×p, {@code Z} n×q, {@code G = ΛΛᵀ} the covariance
 * of the random effects relative to {@code σ²}, {@code R} that of the residuals, {@code V = ZGZᵀ + R}.
 */
@NullMarked
package henderson.api;

import org.jspecify.annotations.NullMarked;
