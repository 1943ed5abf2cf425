package ipn.gateway.paypal;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.BillStatus;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Money;
import ipn.gateway.Story;
import ipn.gateway.content.JsonField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events whose resource is money on its way to us: an order, an authorization, a capture, or a sale as it was called before. */
final class Payments {
    private Payments() {}

    /** The buyer has agreed; nothing is taken before we capture it. */
    static Story approved(PaypalEvent event) {
        var units = event.at("purchase_units").elements();
        var attempt = attempt(event, AttemptStatus.PENDING);
        return units.size() == 1 ? attempt.and(event.words().in(units.get(0))) : attempt;
    }

    static Story authorised(PaypalEvent event) {
        var amount = event.amount();
        return about(event, Story.of(Rank.AUTHORISED, amount, new Fact.Authorised(event.id("id"), amount)));
    }

    /** Also the end of an authorization that nobody captured in time. */
    static Story voided(PaypalEvent event) {
        return about(event, attempt(event, AttemptStatus.CANCELED));
    }

    static Story pending(PaypalEvent event) {
        return about(event, attempt(event, AttemptStatus.PENDING));
    }

    static Story denied(PaypalEvent event) {
        return about(event, attempt(event, AttemptStatus.FAILED));
    }

    static Story captured(PaypalEvent event) {
        var amount = event.amount();
        var fee = event.fee(event.at("seller_receivable_breakdown").at("paypal_fee"), amount);
        return about(event, Story.of(Rank.TAKEN, amount, new Fact.Captured(event.id("id"), amount, fee)));
    }

    /** A sale may be one payment of a subscription; it does not say until when it pays. */
    static Story sold(PaypalEvent event) {
        var amount = event.amount();
        var id = event.id("id");
        var fee = event.fee(event.at("transaction_fee"), amount);
        var story = about(event, Story.of(Rank.TAKEN, amount, new Fact.Captured(id, amount, fee)));
        return event.at("billing_agreement_id")
                .id()
                .map(subscription -> story.and(List.of(bill(event, id, subscription, amount))))
                .orElse(story);
    }

    private static Fact bill(PaypalEvent event, String id, String subscription, Money amount) {
        return new Fact.Bill(
                id,
                BillStatus.PAID,
                Optional.of(event.key(subscription)),
                amount,
                amount,
                event.time(event.at("create_time")),
                Optional.empty());
    }

    private static Story attempt(PaypalEvent event, AttemptStatus status) {
        var attempt = new Fact.Attempt(event.id("id"), status, reason(event));
        var amount = event.at("amount");
        return amount.isPresent()
                ? Story.of(Rank.of(status), event.money(amount), attempt)
                : Story.of(Rank.of(status), attempt);
    }

    private static String reason(PaypalEvent event) {
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

    private static Story about(PaypalEvent event, Story story) {
        return story.and(origins(event)).and(event.merchantWords());
    }

    /** What is known of the order and the authorization counts for the capture, too. */
    private static List<Fact> origins(PaypalEvent event) {
        var related = event.at("supplementary_data").at("related_ids");
        var origins = new ArrayList<Fact>();
        related.at("order_id")
                .id()
                .or(() -> Links.id(event.resource(), "up", "orders"))
                .ifPresent(order -> origins.add(new Fact.Link(LinkKind.SETTLED_BY, event.key(order))));
        related.at("authorization_id")
                .id()
                .or(() -> Links.id(event.resource(), "up", "authorizations"))
                .ifPresent(origin -> origins.add(new Fact.Link(LinkKind.SETTLED_BY, event.key(origin))));
        return origins;
    }
}
