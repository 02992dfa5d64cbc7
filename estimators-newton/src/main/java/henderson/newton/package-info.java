@NullMarked
package henderson.newton;

import org.jspecify.annotations.NullMarked;
