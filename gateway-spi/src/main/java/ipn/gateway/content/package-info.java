/** What a body contains: JSON and forms that cannot be read in two ways, exact amounts, bounded times. */
@NullMarked
package ipn.gateway.content;

import org.jspecify.annotations.NullMarked;
