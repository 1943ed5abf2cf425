/** Reads {@code ipn.entitlement-state}: committed records, in Confluent's wire format, with the offsets kept by the reader itself. */
@NullMarked
package ipn.client.follow;

import org.jspecify.annotations.NullMarked;
