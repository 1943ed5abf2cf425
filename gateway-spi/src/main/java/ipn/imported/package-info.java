/** Subscriptions that operators imported from a gateway's export, because they began before the gateway notified us. */
@NullMarked
package ipn.imported;

import org.jspecify.annotations.NullMarked;
