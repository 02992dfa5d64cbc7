@NullMarked
package henderson.validation;

import org.jspecify.annotations.NullMarked;
