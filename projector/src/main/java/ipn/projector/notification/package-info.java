/** What a subject is notified of. Pure: no Kafka, no clock, no input or output. */
@NullMarked
@Rules
package ipn.projector.notification;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
