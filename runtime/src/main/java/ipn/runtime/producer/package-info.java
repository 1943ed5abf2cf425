/** Writes to Kafka for callers that must not wait, such as event loops. */
@NullMarked
package ipn.runtime.producer;

import org.jspecify.annotations.NullMarked;
