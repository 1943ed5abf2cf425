/** Stripe: events with snapshots, signed with HMAC-SHA256; thin events are followed by fetching their objects. */
@NullMarked
package ipn.gateway.stripe;

import org.jspecify.annotations.NullMarked;
