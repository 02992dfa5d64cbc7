/**
 * ML and REML by expectation-maximization: EM, ECME and parameter-expanded EM, accelerated by squared extrapolation and never
 * going uphill in −2 log-likelihood. A second way to every number, which takes no Newton step.
 */
@NullMarked
package henderson.em;

import org.jspecify.annotations.NullMarked;
