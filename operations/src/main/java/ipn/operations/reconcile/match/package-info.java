/** Compares the lines of a report with payment state. No Kafka. */
@NullMarked
package ipn.operations.reconcile.match;

import org.jspecify.annotations.NullMarked;
