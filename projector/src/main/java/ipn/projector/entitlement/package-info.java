/** An entitlement as it is kept: access, brake and notifications together. Pure: no Kafka, no clock, no input or output. */
@NullMarked
@Rules
package ipn.projector.entitlement;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
