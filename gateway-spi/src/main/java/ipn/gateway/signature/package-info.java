/** The signature kit: signature schemes, keys, and the only place where signatures are compared. */
@NullMarked
package ipn.gateway.signature;

import org.jspecify.annotations.NullMarked;
