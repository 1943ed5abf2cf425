package ipn.gateway.shopify;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;
import java.util.Optional;

/**
 * Reads transactions: the money of an order. Each has its own id, so partial captures add up, and a refund is the same
 * fact in {@code refunds/create} and in {@code order_transactions/create}.
 */
final class Transactions {
    private Transactions() {}

    static TimedContent one(ShopifyEvent event) {
        return new TimedContent(event.occurredAt("processed_at", "created_at"), content(event.body()));
    }

    /** Reads a refund. A refund without transactions moves no money: goods were only restocked. */
    static TimedContent ofRefund(ShopifyEvent event) {
        var contents = event.at("transactions").elements().stream()
                .map(Transactions::content)
                .toList();
        var merged = contents.stream()
                .reduce((first, next) -> new EventContent(
                        Math.max(first.sequence(), next.sequence()),
                        sum(first.amount(), next.amount()),
                        first.and(next.facts()).facts()));
        var content = merged.orElse(EventContent.NOTHING);
        return new TimedContent(
                event.occurredAt("processed_at", "created_at"),
                content.and(RefundedItems.of(event.body(), content.facts())));
    }

    /** The facts of one transaction. */
    static EventContent content(JsonField transaction) {
        var kind = transaction.at("kind").required();
        return switch (kind.glance().orElse("")) {
            case "authorization", "emv_authorization" -> payment(transaction, false);
            case "sale", "capture" -> payment(transaction, true);
            case "void" -> voided(transaction);
            case "refund" -> refund(transaction);
            // cash change in a point-of-sale payment
            case "change" -> EventContent.NOTHING;
            default -> throw Unknown.status(kind);
        };
    }

    private static EventContent payment(JsonField transaction, boolean captured) {
        var id = ShopifyEvent.id(transaction.at("id"));
        var amount = ShopifyEvent.money(transaction);
        return switch (status(transaction)) {
            case "success" -> {
                var fact = captured ? new Fact.Captured(id, amount, Optional.empty()) : new Fact.Authorized(id, amount);
                yield EventContent.of(amount.minorUnits(), amount, fact);
            }
            case "pending", "awaiting_response" -> attempt(transaction, AttemptStatus.PENDING);
            case "failure", "error" -> attempt(transaction, AttemptStatus.FAILED);
            default -> throw Unknown.status(transaction.at("status"));
        };
    }

    /** The content of a void; a void that failed changes nothing. */
    private static EventContent voided(JsonField transaction) {
        return status(transaction).equals("success")
                ? attempt(transaction, AttemptStatus.CANCELED)
                : EventContent.NOTHING;
    }

    private static EventContent refund(JsonField transaction) {
        var status = switch (status(transaction)) {
            case "success" -> RefundStatus.SUCCEEDED;
            case "pending", "awaiting_response" -> RefundStatus.PENDING;
            case "failure", "error" -> RefundStatus.FAILED;
            default -> throw Unknown.status(transaction.at("status"));
        };
        var amount = ShopifyEvent.money(transaction);
        return EventContent.of(
                Ranks.of(status), amount, new Fact.Refund(ShopifyEvent.id(transaction.at("id")), amount, status));
    }

    private static EventContent attempt(JsonField transaction, AttemptStatus status) {
        var id = ShopifyEvent.id(transaction.at("id"));
        var reason = transaction.at("error_code").code();
        return EventContent.of(Ranks.of(status), ShopifyEvent.money(transaction), new Fact.Attempt(id, status, reason));
    }

    private static String status(JsonField transaction) {
        return transaction.at("status").required().glance().orElse("");
    }

    private static Optional<Money> sum(Optional<Money> a, Optional<Money> b) {
        return a.isEmpty()
                ? b
                : b.filter(more -> more.currency().equals(a.get().currency()))
                        .map(more -> new Money(a.get().minorUnits() + more.minorUnits(), more.currency()))
                        .or(() -> a);
    }
}
