/** The check that every entitlement event can be explained down to raw records that still exist. */
@NullMarked
package ipn.operations.explain.coverage;

import org.jspecify.annotations.NullMarked;
