/**
 * Workloads, and the times of Henderson and of its peers on them, in turn on one machine. {@code benchmarks/run} starts it;
 * nothing sees this package.
 */
@NullMarked
package henderson.benchmarks;

import org.jspecify.annotations.NullMarked;
