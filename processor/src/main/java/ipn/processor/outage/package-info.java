/**
 * Tells one bad record from a bad release or a changed format: the share that one cause of failure has of a window. Pure: no Kafka, no clock, no
 * input or output.
 */
@NullMarked
@Rules
package ipn.processor.outage;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
