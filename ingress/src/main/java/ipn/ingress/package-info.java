/** HTTP in, {@code ipn.raw} out: authenticates a delivery, stores it byte for byte, and only then acknowledges it. */
@NullMarked
package ipn.ingress;

import org.jspecify.annotations.NullMarked;
