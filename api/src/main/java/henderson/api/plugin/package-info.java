/** How a jar offers its plug-ins: a {@link HendersonPlugin} found by {@link java.util.ServiceLoader}. */
@NullMarked
package henderson.api.plugin;

import org.jspecify.annotations.NullMarked;
