/** Square: events with snapshots of payment, refund, dispute, invoice or subscription; the notification URL is signed, too. */
@NullMarked
package ipn.gateway.square;

import org.jspecify.annotations.NullMarked;
