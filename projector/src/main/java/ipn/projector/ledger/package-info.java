/** The books: what the money of a payment or an order adds up to by account, and how they change. Pure: no Kafka, no clock. */
@NullMarked
package ipn.projector.ledger;

import org.jspecify.annotations.NullMarked;
