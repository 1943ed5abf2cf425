/**
 * Square: events with snapshots of payment, refund, dispute, invoice or subscription; the signature also covers the
 * notification URL.
 */
@NullMarked
package ipn.gateway.square;

import org.jspecify.annotations.NullMarked;
