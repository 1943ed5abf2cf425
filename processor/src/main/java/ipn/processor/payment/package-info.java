/** The rules of a payment: facts are joined, status is read off them. Pure: no Kafka, no clock, no input or output. */
@NullMarked
@Rules
package ipn.processor.payment;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
