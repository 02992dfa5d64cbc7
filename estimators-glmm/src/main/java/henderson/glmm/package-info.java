/** Generalized linear mixed models: what an observation is like, given its linear predictor, and how such models are fitted. */
@NullMarked
package henderson.glmm;

import org.jspecify.annotations.NullMarked;
