/** The signature kit: how deliveries are signed, with which keys, and the one place where signatures are compared. */
@NullMarked
package ipn.gateway.signature;

import org.jspecify.annotations.NullMarked;
