/** The projector: outcomes in; entitlements, discrepancies and dead letters out, exactly once. */
@NullMarked
package ipn.projector;

import org.jspecify.annotations.NullMarked;
