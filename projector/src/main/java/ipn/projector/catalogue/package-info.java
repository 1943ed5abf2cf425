/** What is sold, for how much, and which differences the policy accepts. Pure: no Kafka, no clock. */
@NullMarked
package ipn.projector.catalogue;

import org.jspecify.annotations.NullMarked;
