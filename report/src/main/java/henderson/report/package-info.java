@NullMarked
package henderson.report;

import org.jspecify.annotations.NullMarked;
