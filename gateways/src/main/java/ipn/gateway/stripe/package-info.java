/** Stripe: snapshot events, signed with HMAC-SHA256. */
@NullMarked
package ipn.gateway.stripe;

import org.jspecify.annotations.NullMarked;
