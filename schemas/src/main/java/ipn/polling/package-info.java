/** Waiting for a condition that nothing signals. */
@NullMarked
package ipn.polling;

import org.jspecify.annotations.NullMarked;
