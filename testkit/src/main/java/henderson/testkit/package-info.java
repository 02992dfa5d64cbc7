@NullMarked
package henderson.testkit;

import org.jspecify.annotations.NullMarked;
