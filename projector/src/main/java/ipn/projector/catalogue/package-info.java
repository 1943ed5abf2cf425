/** What is sold, for how much, and which differences the policy accepts. Pure: no Kafka, no clock. */
@NullMarked
@Rules
package ipn.projector.catalogue;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
