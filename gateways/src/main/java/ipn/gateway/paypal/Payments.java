package ipn.gateway.paypal;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.content.JsonField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads events about an incoming payment: an order, an authorization, a capture, or a sale (the older API's capture).
 */
final class Payments {
    private Payments() {}

    /** The buyer has approved the order; no money moves before we capture it. */
    static EventContent approved(PayPalEvent event) {
        var units = event.at("purchase_units").elements();
        var attempt = attempt(event, AttemptStatus.PENDING);
        return units.size() == 1 ? attempt.and(event.words().in(units.get(0))) : attempt;
    }

    static EventContent authorized(PayPalEvent event) {
        var amount = event.amount();
        return about(event, EventContent.of(Rank.AUTHORIZED, amount, new Fact.Authorized(event.id("id"), amount)));
    }

    /** The authorization was voided, or expired without a capture. */
    static EventContent voided(PayPalEvent event) {
        return about(event, attempt(event, AttemptStatus.CANCELED));
    }

    static EventContent pending(PayPalEvent event) {
        return about(event, attempt(event, AttemptStatus.PENDING));
    }

    static EventContent denied(PayPalEvent event) {
        return about(event, attempt(event, AttemptStatus.FAILED));
    }

    static EventContent captured(PayPalEvent event) {
        var amount = event.amount();
        var fee = event.fee(event.at("seller_receivable_breakdown").at("paypal_fee"), amount);
        return about(event, EventContent.of(Rank.CAPTURED, amount, new Fact.Captured(event.id("id"), amount, fee)));
    }

    /** A sale may be a payment of a subscription; it does not contain the end of the paid period. */
    static EventContent sold(PayPalEvent event) {
        var amount = event.amount();
        var id = event.id("id");
        var fee = event.fee(event.at("transaction_fee"), amount);
        var content = about(event, EventContent.of(Rank.CAPTURED, amount, new Fact.Captured(id, amount, fee)));
        return event.at("billing_agreement_id")
                .id()
                .map(subscription -> content.and(List.of(invoice(event, id, subscription, amount))))
                .orElse(content);
    }

    private static Fact invoice(PayPalEvent event, String id, String subscription, Money amount) {
        return new Fact.Invoice(
                id,
                InvoiceStatus.PAID,
                Optional.of(event.key(subscription)),
                amount,
                amount,
                event.time(event.at("create_time")),
                Optional.empty());
    }

    private static EventContent attempt(PayPalEvent event, AttemptStatus status) {
        var attempt = new Fact.Attempt(event.id("id"), status, reason(event));
        var amount = event.at("amount");
        return amount.isPresent()
                ? EventContent.of(Rank.of(status), event.money(amount), attempt)
                : EventContent.of(Rank.of(status), attempt);
    }

    private static String reason(PayPalEvent event) {
        return List.of(
                        event.at("status_details").at("reason"),
                        event.at("processor_response").at("response_code"),
                        event.at("reason_code"))
                .stream()
                .map(JsonField::code)
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static EventContent about(PayPalEvent event, EventContent content) {
        return content.and(origins(event)).and(event.merchantWords());
    }

    /** Links a capture to its order and authorization, so that their facts apply to the capture, too. */
    private static List<Fact> origins(PayPalEvent event) {
        var related = event.at("supplementary_data").at("related_ids");
        var origins = new ArrayList<Fact>();
        related.at("order_id")
                .id()
                .or(() -> Links.id(event.resource(), "up", "orders"))
                .ifPresent(order -> origins.add(new Fact.Link(LinkKind.PAID_BY, event.key(order))));
        related.at("authorization_id")
                .id()
                .or(() -> Links.id(event.resource(), "up", "authorizations"))
                .ifPresent(origin -> origins.add(new Fact.Link(LinkKind.PAID_BY, event.key(origin))));
        return origins;
    }
}
