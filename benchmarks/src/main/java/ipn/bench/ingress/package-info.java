/** {@code bench ingress} and {@code bench overload}: the ingress beside the least that one could do, at its limit, beyond it, and under attack. */
@NullMarked
package ipn.bench.ingress;

import org.jspecify.annotations.NullMarked;
