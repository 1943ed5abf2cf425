/** Authenticates and reads the webhooks of three gateways. */
@NullMarked
package ipn.twin.gateway;

import org.jspecify.annotations.NullMarked;
