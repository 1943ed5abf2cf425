package ipn.gateway.braintree;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Story;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;

/** Events whose subject is a transaction, or a review of one. A refund is a transaction too, of type credit. */
final class Transactions {
    private Transactions() {}

    static Story settled(BraintreeEvent event) {
        return refundOf(event).isPresent()
                ? refund(event, 1, RefundStatus.SUCCEEDED)
                : captured(event.thing(), 2).and(event.words(event.thing()));
    }

    /** Whatever counted as taken when it was submitted has not been. */
    static Story settlementDeclined(BraintreeEvent event) {
        if (refundOf(event).isPresent()) {
            return refund(event, 2, RefundStatus.FAILED);
        }
        return notTaken(event.thing(), 3)
                .and(Charges.unpaid(event, event.thing()))
                .and(event.words(event.thing()));
    }

    /** A new attempt for one that failed, as far as it has come. */
    static Story retried(BraintreeEvent event) {
        return snapshot(event.thing()).and(event.words(event.thing()));
    }

    static Story refundFailed(BraintreeEvent event) {
        return refund(event, 2, RefundStatus.FAILED);
    }

    static Story reviewed(BraintreeEvent event) {
        var unused = BraintreeEvent.id(event.thing().at("transaction-id"));
        var decision = event.thing().at("decision").required().glance().orElse("");
        var cleared = decision.equalsIgnoreCase("approve") || decision.equalsIgnoreCase("approved");
        return Story.of(1, new Fact.FraudFlag("review", !cleared, cleared ? "approved" : "not_approved"));
    }

    /** A transaction as it stands. */
    static Story snapshot(JsonField transaction) {
        var id = BraintreeEvent.id(transaction.at("id"));
        var amount = BraintreeEvent.money(transaction);
        var status = transaction.at("status").required();
        return switch (status.glance().orElse("")) {
            case "settled", "settling", "settlement_confirmed", "submitted_for_settlement" -> captured(transaction, 2);
            case "authorized" -> Story.of(1, amount, new Fact.Authorised(id, amount));
            case "authorizing", "settlement_pending" ->
                Story.of(1, amount, new Fact.Attempt(id, AttemptStatus.PENDING, ""));
            case "settlement_declined", "processor_declined", "gateway_rejected", "failed" -> notTaken(transaction, 3);
            case "authorization_expired" -> Story.of(3, amount, new Fact.Attempt(id, AttemptStatus.EXPIRED, ""));
            case "voided" -> Story.of(3, amount, new Fact.Attempt(id, AttemptStatus.CANCELED, ""));
            default -> throw new RefusedException(Reason.MALFORMED, status.pointer() + ": not a status known here");
        };
    }

    static Story captured(JsonField transaction, long sequence) {
        var amount = BraintreeEvent.money(transaction);
        var id = BraintreeEvent.id(transaction.at("id"));
        return Story.of(sequence, amount, new Fact.Captured(id, amount, Optional.empty()));
    }

    private static Story notTaken(JsonField transaction, long sequence) {
        var id = BraintreeEvent.id(transaction.at("id"));
        var amount = BraintreeEvent.money(transaction);
        var reason = transaction.at("processor-response-code").code();
        return Story.of(sequence, amount, new Fact.Attempt(id, AttemptStatus.FAILED, reason))
                .and(List.of(new Fact.Captured(id, new Money(0, amount.currency()), Optional.empty())));
    }

    private static Optional<String> refundOf(BraintreeEvent event) {
        return BraintreeEvent.optionalId(event.thing().at("refunded-transaction-id"));
    }

    private static Story refund(BraintreeEvent event, long sequence, RefundStatus status) {
        var amount = BraintreeEvent.money(event.thing());
        return Story.of(
                sequence,
                amount,
                new Fact.Refund(BraintreeEvent.id(event.thing().at("id")), amount, status));
    }
}
