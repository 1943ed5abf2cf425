/** Standard Webhooks 1.0.0, for senders of any vocabulary: the mapping to ours is a matter of settings. */
@NullMarked
package ipn.gateway.standardwebhooks;

import org.jspecify.annotations.NullMarked;
