/** What a user is told about what they pay for. Pure: no Kafka, no clock, no input or output. */
@NullMarked
package ipn.projector.notification;

import org.jspecify.annotations.NullMarked;
