@NullMarked
package henderson.benchmarks;

import org.jspecify.annotations.NullMarked;
