/** The rules of the brake, a circuit breaker for revocations. Pure: no Kafka, no clock, no input or output. */
@NullMarked
package ipn.projector.brake;

import org.jspecify.annotations.NullMarked;
