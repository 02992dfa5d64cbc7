/** ML and REML by a trust-region Newton method with an active boundary, and the certificate that goes with the result. */
@NullMarked
package henderson.newton;

import org.jspecify.annotations.NullMarked;
