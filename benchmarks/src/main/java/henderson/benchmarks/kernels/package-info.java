/**
 * Times of kernels: each operation by Henderson, by the accelerated backend and by other libraries, on the same input. What a
 * candidate computes can be read, so that tests compare it.
 */
@NullMarked
package henderson.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
