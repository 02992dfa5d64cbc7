/**
 * Approximations to the likelihood of generalized linear mixed models at fixed parameters, with exact gradients: Laplace for
 * any arrangement of grouping factors, and Gauss–Hermite rules for nested ones.
 */
@NullMarked
package henderson.equations.generalized;

import org.jspecify.annotations.NullMarked;
