/** Mollie: classic webhooks that only say where to look, and next-gen events, signed with HMAC-SHA256 over the body. */
@NullMarked
package ipn.gateway.mollie;

import org.jspecify.annotations.NullMarked;
