/** The {@code ipn} command line: starts stages, shows their results, and repairs data. */
@NullMarked
package ipn.app;

import org.jspecify.annotations.NullMarked;
