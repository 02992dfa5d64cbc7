/**
 * Whiten, condense, eliminate, reduce, and the derivatives: the one numeric heart of every estimator. Letters and equation
 * numbers are those of {@code docs/theory.md}.
 */
@NullMarked
package henderson.equations;

import org.jspecify.annotations.NullMarked;
