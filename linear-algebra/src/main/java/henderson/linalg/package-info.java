/**
 * Dense kernels and factorizations over a graph of blocks: orderings, block Cholesky, block QR by rotations, selected
 * inverse. Nothing here knows statistics. Matrices are row-major.
 */
@NullMarked
package henderson.linalg;

import org.jspecify.annotations.NullMarked;
