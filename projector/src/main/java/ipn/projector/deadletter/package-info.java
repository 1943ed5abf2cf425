/** What could not be processed, as the record it was, with headers that say why. */
@NullMarked
package ipn.projector.deadletter;

import org.jspecify.annotations.NullMarked;
