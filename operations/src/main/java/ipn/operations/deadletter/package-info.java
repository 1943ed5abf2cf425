/** Dead letters: listing, showing and grouping them, replaying or discarding them. */
@NullMarked
package ipn.operations.deadletter;

import org.jspecify.annotations.NullMarked;
