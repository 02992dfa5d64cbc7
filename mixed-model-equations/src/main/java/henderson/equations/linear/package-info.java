/**
 * What estimators of linear mixed models share: the profiled objective over the search coordinates, starts, the boundary, the
 * certificate and the assembly of a fit. An estimator adds its search.
 */
@NullMarked
package henderson.equations.linear;

import org.jspecify.annotations.NullMarked;
