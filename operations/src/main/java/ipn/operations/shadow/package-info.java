/** Compares what accounts in mode shadow would give with what another system gives. */
@NullMarked
package ipn.operations.shadow;

import org.jspecify.annotations.NullMarked;
