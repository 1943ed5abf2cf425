/** The topic that keeps every version of the catalogue. */
@NullMarked
package ipn.projector.history;

import org.jspecify.annotations.NullMarked;
