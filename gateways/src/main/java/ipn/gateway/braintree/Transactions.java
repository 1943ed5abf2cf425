package ipn.gateway.braintree;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;

/** Events whose subject is a transaction, or a review of one. A refund is a transaction too, of type credit. */
final class Transactions {
    private Transactions() {}

    static EventContent settled(BraintreeEvent event) {
        return refundOf(event).isPresent()
                ? refund(event, 1, RefundStatus.SUCCEEDED)
                : captured(event.entity(), 2).and(event.words(event.entity()));
    }

    /** The amount that counted as captured at submission was not captured. */
    static EventContent settlementDeclined(BraintreeEvent event) {
        if (refundOf(event).isPresent()) {
            return refund(event, 2, RefundStatus.FAILED);
        }
        return notTaken(event.entity(), 3)
                .and(Charges.unpaid(event, event.entity()))
                .and(event.words(event.entity()));
    }

    /** A retry of a failed transaction, in its current state. */
    static EventContent retried(BraintreeEvent event) {
        return snapshot(event.entity()).and(event.words(event.entity()));
    }

    static EventContent refundFailed(BraintreeEvent event) {
        return refund(event, 2, RefundStatus.FAILED);
    }

    static EventContent reviewed(BraintreeEvent event) {
        var unused = BraintreeEvent.id(event.entity().at("transaction-id"));
        var decision = event.entity().at("decision").required().glance().orElse("");
        var cleared = decision.equalsIgnoreCase("approve") || decision.equalsIgnoreCase("approved");
        return EventContent.of(1, new Fact.FraudFlag("review", !cleared, cleared ? "approved" : "not_approved"));
    }

    /** The current state of a transaction. */
    static EventContent snapshot(JsonField transaction) {
        var id = BraintreeEvent.id(transaction.at("id"));
        var amount = BraintreeEvent.money(transaction);
        var status = transaction.at("status").required();
        return switch (status.glance().orElse("")) {
            case "settled", "settling", "settlement_confirmed", "submitted_for_settlement" -> captured(transaction, 2);
            case "authorized" -> EventContent.of(1, amount, new Fact.Authorized(id, amount));
            case "authorizing", "settlement_pending" ->
                EventContent.of(1, amount, new Fact.Attempt(id, AttemptStatus.PENDING, ""));
            case "settlement_declined", "processor_declined", "gateway_rejected", "failed" -> notTaken(transaction, 3);
            case "authorization_expired" -> EventContent.of(3, amount, new Fact.Attempt(id, AttemptStatus.EXPIRED, ""));
            case "voided" -> EventContent.of(3, amount, new Fact.Attempt(id, AttemptStatus.CANCELED, ""));
            default -> throw new RefusedException(Reason.MALFORMED, status.pointer() + ": not a status known here");
        };
    }

    static EventContent captured(JsonField transaction, long sequence) {
        var amount = BraintreeEvent.money(transaction);
        var id = BraintreeEvent.id(transaction.at("id"));
        return EventContent.of(sequence, amount, new Fact.Captured(id, amount, Optional.empty()));
    }

    private static EventContent notTaken(JsonField transaction, long sequence) {
        var id = BraintreeEvent.id(transaction.at("id"));
        var amount = BraintreeEvent.money(transaction);
        var reason = transaction.at("processor-response-code").code();
        return EventContent.of(sequence, amount, new Fact.Attempt(id, AttemptStatus.FAILED, reason))
                .and(List.of(new Fact.Captured(id, new Money(0, amount.currency()), Optional.empty())));
    }

    private static Optional<String> refundOf(BraintreeEvent event) {
        return BraintreeEvent.optionalId(event.entity().at("refunded-transaction-id"));
    }

    private static EventContent refund(BraintreeEvent event, long sequence, RefundStatus status) {
        var amount = BraintreeEvent.money(event.entity());
        return EventContent.of(
                sequence,
                amount,
                new Fact.Refund(BraintreeEvent.id(event.entity().at("id")), amount, status));
    }
}
