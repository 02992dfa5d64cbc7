@NullMarked
package henderson.framework;

import org.jspecify.annotations.NullMarked;
