/**
 * Payment gateways, simulated: realistic notifications, signed as the gateway would sign them. For demos and tests.
 *
 * <p>A gateway is one {@link ipn.simulator.SimulatedGateway}, listed in {@code META-INF/services}: it writes a
 * {@link ipn.simulator.Draft} of an event and signs it. If a notification only refers to a document of the gateway, the draft contains
 * the document; {@link ipn.simulator.DeliveryClient} registers it with the {@link ipn.simulator.GatewayStandIn} before it sends the
 * notification.
 */
@NullMarked
package ipn.simulator;

import org.jspecify.annotations.NullMarked;
