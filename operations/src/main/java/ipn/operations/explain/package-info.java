/** Explains why a subject has, or does not have, an entitlement: from the answer down to the raw records of the gateways. */
@NullMarked
package ipn.operations.explain;

import org.jspecify.annotations.NullMarked;
