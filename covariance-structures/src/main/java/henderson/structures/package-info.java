@NullMarked
package henderson.structures;

import org.jspecify.annotations.NullMarked;
