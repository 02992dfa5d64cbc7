/** Families of distributions and link functions. */
@NullMarked
package henderson.glmm.family;

import org.jspecify.annotations.NullMarked;
