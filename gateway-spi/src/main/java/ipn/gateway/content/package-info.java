/** Reads the content of bodies: unambiguous JSON and forms, exact amounts, plausible times. */
@NullMarked
package ipn.gateway.content;

import org.jspecify.annotations.NullMarked;
