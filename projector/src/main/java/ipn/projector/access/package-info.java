/** The rules of access: what a set of claims adds up to at a time. Pure: no Kafka, no clock, no input or output. */
@NullMarked
package ipn.projector.access;

import org.jspecify.annotations.NullMarked;
