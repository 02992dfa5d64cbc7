/** Stata commands, one after another: what each does to the data and the fits at hand, and what it prints. */
@NullMarked
package henderson.cli.stata;

import org.jspecify.annotations.NullMarked;
