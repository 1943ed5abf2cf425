/** Imports subscriptions that began before the gateway notified us, from the gateways' exports. */
@NullMarked
package ipn.operations.imports;

import org.jspecify.annotations.NullMarked;
