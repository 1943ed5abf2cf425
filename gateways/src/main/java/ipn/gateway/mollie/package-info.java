/** Mollie: classic webhooks that contain only an id, and next-gen events, signed with HMAC-SHA256 over the body. */
@NullMarked
package ipn.gateway.mollie;

import org.jspecify.annotations.NullMarked;
