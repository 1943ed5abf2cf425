/** {@code bench stalls}: the time that event loops of the ingress are blocked. */
@NullMarked
package ipn.bench.eventloop;

import org.jspecify.annotations.NullMarked;
