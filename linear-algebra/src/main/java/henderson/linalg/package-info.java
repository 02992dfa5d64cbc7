@NullMarked
package henderson.linalg;

import org.jspecify.annotations.NullMarked;
