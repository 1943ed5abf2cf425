/** {@code bench stalls}: measures how long event loops of the ingress are blocked. */
@NullMarked
package ipn.bench.eventloop;

import org.jspecify.annotations.NullMarked;
