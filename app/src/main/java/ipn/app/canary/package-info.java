/** Notifications of our own that are sent all the way to an entitlement, to measure the way. */
@NullMarked
package ipn.app.canary;

import org.jspecify.annotations.NullMarked;
