/** Payment gateways, simulated: realistic notifications, signed as the gateway would sign them. For demos and tests. */
@NullMarked
package ipn.app.simulator;

import org.jspecify.annotations.NullMarked;
