/** Standard Webhooks 1.0.0, for any sender: the settings map the sender's fields and event types to ours. */
@NullMarked
package ipn.gateway.standardwebhooks;

import org.jspecify.annotations.NullMarked;
