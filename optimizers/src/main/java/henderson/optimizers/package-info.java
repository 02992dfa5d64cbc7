@NullMarked
package henderson.optimizers;

import org.jspecify.annotations.NullMarked;
