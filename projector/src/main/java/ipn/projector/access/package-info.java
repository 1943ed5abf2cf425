/** The rules of access: what a set of claims adds up to at a time. Pure: no Kafka, no clock, no input or output. */
@NullMarked
@Rules
package ipn.projector.access;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
