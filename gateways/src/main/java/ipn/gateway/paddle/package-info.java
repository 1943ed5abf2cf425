/**
 * Paddle Billing: events with full snapshots, signed with HMAC-SHA256 over time and body. Paddle Classic is another
 * product.
 */
@NullMarked
package ipn.gateway.paddle;

import org.jspecify.annotations.NullMarked;
