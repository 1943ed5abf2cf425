/** HTTP in, {@code ipn.raw} out: what a gateway sends is proven, stored byte for byte, and only then acknowledged. */
@NullMarked
package ipn.ingress;

import org.jspecify.annotations.NullMarked;
