@NullMarked
package henderson.data;

import org.jspecify.annotations.NullMarked;
