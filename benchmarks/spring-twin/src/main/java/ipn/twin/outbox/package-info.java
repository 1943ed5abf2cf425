/** Publishes changed entitlements, which were stored in the transaction that changed them. */
@NullMarked
package ipn.twin.outbox;

import org.jspecify.annotations.NullMarked;
