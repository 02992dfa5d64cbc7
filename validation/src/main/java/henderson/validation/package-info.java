/**
 * Every reference case against every estimator that takes it, figure by figure, in digits of agreement. Cases and the data
 * they may bring along lie in the folders {@code validation/cases} and {@code validation/data} of the checkout; nothing of
 * them is in a jar.
 */
@NullMarked
package henderson.validation;

import org.jspecify.annotations.NullMarked;
