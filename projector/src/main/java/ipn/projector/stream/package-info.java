/** Nodes and stores of the projector: they read state, let rules decide, and write last. */
@NullMarked
package ipn.projector.stream;

import org.jspecify.annotations.NullMarked;
