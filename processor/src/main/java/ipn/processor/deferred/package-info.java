/**
 * Moves refunds that wait ({@code ipn.raw-deferred}) to {@code ipn.raw}, in batches: the next one when the last one has passed all stages, and as large as
 * purchases allow.
 */
@NullMarked
package ipn.processor.deferred;

import org.jspecify.annotations.NullMarked;
