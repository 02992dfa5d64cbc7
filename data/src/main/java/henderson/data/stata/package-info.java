/** Stata's language: commands read into model specifications, and specifications printed as commands. */
@NullMarked
package henderson.data.stata;

import org.jspecify.annotations.NullMarked;
