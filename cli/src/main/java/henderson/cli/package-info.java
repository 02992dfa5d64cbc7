@NullMarked
package henderson.cli;

import org.jspecify.annotations.NullMarked;
