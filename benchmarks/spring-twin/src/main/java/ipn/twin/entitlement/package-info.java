/** Joins the events of payments in PostgreSQL and derives entitlements. */
@NullMarked
package ipn.twin.entitlement;

import org.jspecify.annotations.NullMarked;
