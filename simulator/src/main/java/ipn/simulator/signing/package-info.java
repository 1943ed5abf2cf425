/** Signatures and tokens as gateways make them, and the test keys. */
@NullMarked
package ipn.simulator.signing;

import org.jspecify.annotations.NullMarked;
