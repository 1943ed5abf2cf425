/** What decisions of people mean for money. Pure: no Kafka, no clock, no input or output. */
@NullMarked
@Rules
package ipn.projector.decision;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
