/**
 * Look-ups: requests to a gateway because of deliveries that are not authenticated yet. Anyone can cause them, so they are
 * limited per client, and most of them are kept for clients that have sent authentic deliveries.
 */
@NullMarked
package ipn.lookup;

import org.jspecify.annotations.NullMarked;
