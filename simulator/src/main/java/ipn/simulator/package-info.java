/**
 * Payment gateways, simulated: realistic notifications, signed as the gateway would sign them. For demos and tests.
 *
 * <p>A gateway is one {@link ipn.simulator.SimulatedGateway}, listed under its name in {@code META-INF/services}: it writes
 * a {@link ipn.simulator.Draft} of an event and signs it. Where a notification only says "look", the draft carries the
 * documents to be found; {@link ipn.simulator.Post} tells them to the {@link ipn.simulator.GatewayStandIn} before it
 * posts.
 */
@NullMarked
package ipn.simulator;

import org.jspecify.annotations.NullMarked;
