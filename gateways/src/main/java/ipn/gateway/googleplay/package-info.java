/** Google Play: real-time developer notifications by Pub/Sub push, and the documents they tell us to look at. */
@NullMarked
package ipn.gateway.googleplay;

import org.jspecify.annotations.NullMarked;
