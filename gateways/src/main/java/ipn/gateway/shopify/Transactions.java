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
 * Transactions: the money of an order. Each has an id of its own, so partial captures add up, and a refund is the same fact
 * whether {@code refunds/create} or {@code order_transactions/create} tells it.
 */
final class Transactions {
    private Transactions() {}

    static TimedContent one(ShopifyEvent event) {
        return new TimedContent(event.occurredAt("processed_at", "created_at"), content(event.body()));
    }

    /** A refund may move no money at all: then goods only went back into stock. */
    static TimedContent ofRefund(ShopifyEvent event) {
        var stories = event.at("transactions").elements().stream()
                .map(Transactions::content)
                .toList();
        var told = stories.stream()
                .reduce((first, next) -> new EventContent(
                        Math.max(first.sequence(), next.sequence()),
                        sum(first.amount(), next.amount()),
                        first.and(next.facts()).facts()));
        return new TimedContent(event.occurredAt("processed_at", "created_at"), told.orElse(EventContent.NOTHING));
    }

    /** What one transaction says. */
    static EventContent content(JsonField transaction) {
        var kind = transaction.at("kind").required();
        return switch (kind.glance().orElse("")) {
            case "authorization", "emv_authorization" -> taken(transaction, false);
            case "sale", "capture" -> taken(transaction, true);
            case "void" -> voided(transaction);
            case "refund" -> refund(transaction);
            // cash handed back over the counter
            case "change" -> EventContent.NOTHING;
            default -> throw Unknown.status(kind);
        };
    }

    private static EventContent taken(JsonField transaction, boolean captured) {
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

    /** A void that did not succeed changes nothing. */
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
