/** The rules of the ledger: the postings of a payment or an order, and the entries by which they change. Pure: no Kafka, no clock. */
@NullMarked
package ipn.projector.ledger;

import org.jspecify.annotations.NullMarked;
