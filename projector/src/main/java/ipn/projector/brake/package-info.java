/** The rules of the brake, a circuit breaker for revocations. Pure: no Kafka, no clock, no input or output. */
@NullMarked
@Rules
package ipn.projector.brake;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
