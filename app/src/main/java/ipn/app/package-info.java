/** The {@code ipn} command line: the one way in for people. */
@NullMarked
package ipn.app;

import org.jspecify.annotations.NullMarked;
