/**
 * Learns how often the notifications of an account come, by hour of the week, and says when they have not come for longer than is usual. Pure: no
 * Kafka, no clock, no input or output.
 */
@NullMarked
@Rules
package ipn.processor.silence;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
