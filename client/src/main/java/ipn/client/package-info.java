/**
 * Answers in process whether a subject may use an entitlement now: {@link ipn.client.AccessCache} follows {@code ipn.entitlement-state}
 * into a local cache.
 */
@NullMarked
package ipn.client;

import org.jspecify.annotations.NullMarked;
