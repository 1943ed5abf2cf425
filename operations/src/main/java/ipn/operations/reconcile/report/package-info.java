/** Reads a gateway's settlement report: file, layout, columns, amounts and dates. No Kafka. */
@NullMarked
package ipn.operations.reconcile.report;

import org.jspecify.annotations.NullMarked;
