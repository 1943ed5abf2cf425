/** What other settings would change of what is stored. Pure: no Kafka, no clock, no input or output. */
@NullMarked
@Rules
package ipn.projector.preview;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
