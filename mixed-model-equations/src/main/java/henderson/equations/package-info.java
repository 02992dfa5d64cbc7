@NullMarked
package henderson.equations;

import org.jspecify.annotations.NullMarked;
