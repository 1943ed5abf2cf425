/** The rules of the brake on mass revocation. Pure: no Kafka, no clock, no input or output. */
@NullMarked
package ipn.projector.brake;

import org.jspecify.annotations.NullMarked;
