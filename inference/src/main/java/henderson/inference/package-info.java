@NullMarked
package henderson.inference;

import org.jspecify.annotations.NullMarked;
