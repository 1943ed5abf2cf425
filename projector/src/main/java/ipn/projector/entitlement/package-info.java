/** An entitlement as it is kept: access, brake and notifications together. Pure: no Kafka, no clock, no input or output. */
@NullMarked
package ipn.projector.entitlement;

import org.jspecify.annotations.NullMarked;
