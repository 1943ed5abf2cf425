/** {@code bench alerts}: faults in a running pipeline, and what a Prometheus with the alert rules says of them. */
@NullMarked
package ipn.bench.alerts;

import org.jspecify.annotations.NullMarked;
