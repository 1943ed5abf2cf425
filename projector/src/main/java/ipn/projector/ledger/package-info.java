/** The rules of the ledger: the postings of a payment or an order, and the entries by which they change. Pure: no Kafka, no clock. */
@NullMarked
@Rules
package ipn.projector.ledger;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
