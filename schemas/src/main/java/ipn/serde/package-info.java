/** Avro in Confluent's wire format. */
@NullMarked
package ipn.serde;

import org.jspecify.annotations.NullMarked;
