package ipn.gateway.braintree;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.LinkKind;
import ipn.gateway.EventContent;
import ipn.gateway.content.JsonField;
import java.util.List;
import java.util.Optional;

/**
 * Payments by local methods, such as iDEAL. Once a transaction exists, its id is the payment key. Before that, and after a
 * reversal, Braintree names only the local payment, so the transaction's facts link the two.
 */
final class LocalPayments {
    private LocalPayments() {}

    static EventContent completed(BraintreeEvent event) {
        return BraintreeEvent.optionalId(transaction(event).at("id")).isPresent()
                ? linkedTransaction(event)
                : EventContent.of(1, new Fact.Attempt(paymentId(event), AttemptStatus.PENDING, ""));
    }

    static EventContent funded(BraintreeEvent event) {
        return linkedTransaction(event);
    }

    static EventContent expired(BraintreeEvent event) {
        return EventContent.of(2, new Fact.Attempt(paymentId(event), AttemptStatus.EXPIRED, ""));
    }

    /** The money was withdrawn; Braintree sends no amount, so the reversal is modelled as a lost dispute. */
    static EventContent reversed(BraintreeEvent event) {
        return EventContent.of(
                3, new Fact.Dispute(paymentId(event), Optional.empty(), DisputeStatus.LOST, "local_payment_reversed"));
    }

    private static EventContent linkedTransaction(BraintreeEvent event) {
        return Transactions.snapshot(transaction(event))
                .and(List.of(new Fact.Link(LinkKind.PAID_BY, event.key(paymentId(event)))))
                .and(event.words(transaction(event)));
    }

    private static JsonField transaction(BraintreeEvent event) {
        return event.entity().at("transaction");
    }

    private static String paymentId(BraintreeEvent event) {
        return BraintreeEvent.id(event.entity().at("payment-id"));
    }
}
