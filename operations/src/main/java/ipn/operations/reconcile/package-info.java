/** A gateway's settlement report against payment state: reading, mapping and matching. No Kafka. */
@NullMarked
package ipn.operations.reconcile;

import org.jspecify.annotations.NullMarked;
