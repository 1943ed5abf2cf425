/**
 * Reads everything that an explanation is made of: entitlement events, claims, orders, payments, outcomes and raw
 * records.
 */
@NullMarked
package ipn.operations.explain.evidence;

import org.jspecify.annotations.NullMarked;
