/** A gateway's settlement report compared with payment state, and raw records written for what is missing. */
@NullMarked
package ipn.operations.reconcile;

import org.jspecify.annotations.NullMarked;
