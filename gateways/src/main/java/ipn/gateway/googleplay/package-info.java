/** Google Play: real-time developer notifications by Pub/Sub push, and the documents fetched because of them. */
@NullMarked
package ipn.gateway.googleplay;

import org.jspecify.annotations.NullMarked;
