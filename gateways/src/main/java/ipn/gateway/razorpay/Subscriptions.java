package ipn.gateway.razorpay;

import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads {@code subscription.*} events: a snapshot of the subscription, or one of its payments. */
final class Subscriptions {
    private static final int NAME_LENGTH_MAX = 100;

    private Subscriptions() {}

    static EventContent snapshot(RazorpayEvent event) {
        var subscription = event.entity("subscription").required();
        return content(event, status(subscription.at("status").required()));
    }

    static EventContent pastDue(RazorpayEvent event) {
        return content(event, SubscriptionStatus.PAST_DUE);
    }

    /** All attempts to collect the payment have failed: access ends. */
    static EventContent halted(RazorpayEvent event) {
        return content(event, SubscriptionStatus.UNPAID);
    }

    static EventContent canceled(RazorpayEvent event) {
        return content(event, SubscriptionStatus.CANCELED);
    }

    static EventContent completed(RazorpayEvent event) {
        return content(event, SubscriptionStatus.EXPIRED);
    }

    static EventContent paused(RazorpayEvent event) {
        return content(event, SubscriptionStatus.PAUSED);
    }

    static EventContent active(RazorpayEvent event) {
        return content(event, SubscriptionStatus.ACTIVE);
    }

    /** A payment and its invoice: it pays for the period that has just begun. */
    static EventContent charged(RazorpayEvent event) {
        var payment = event.payment();
        var subscription = event.entity("subscription").required();
        var captured = Payments.money(payment);
        var invoice = new Fact.Invoice(
                payment.at("invoice_id").id().orElse(captured.id()),
                InvoiceStatus.PAID,
                Optional.of(event.key(RazorpayEvent.id(subscription.at("id")))),
                captured.amount(),
                captured.amount(),
                event.times().plannedSeconds(subscription.at("current_start")),
                event.times().plannedSeconds(subscription.at("current_end")));
        return EventContent.of(captured.amount().minorUnits(), captured.amount(), captured)
                .and(List.of(invoice.with(breakdown(event, subscription, captured))))
                .and(event.notes("payment", "subscription"))
                .and(plan(subscription));
    }

    /**
     * Razorpay calculates the amount from the plan, the quantity, the add-ons and the offer, which only the merchant's server can
     * choose. The event contains only the sum, so the reduction by an offer is unknown.
     */
    private static Fact.Breakdown breakdown(RazorpayEvent event, JsonField subscription, Fact.Captured captured) {
        var line = Fact.Line.of(
                        subscription.at("plan_id").id().stream().toList(),
                        subscription.at("quantity").glanceCount().orElse(1L),
                        captured.amount().minorUnits())
                .withDiscount(0, subscription.at("offer_id").glanceWord(NAME_LENGTH_MAX))
                .withPeriod(
                        event.times().plannedSeconds(subscription.at("current_start")),
                        event.times().plannedSeconds(subscription.at("current_end")));
        var reason = subscription
                .at("paid_count")
                .glanceCount()
                .map(count -> count == 1 ? InvoiceReason.FIRST : InvoiceReason.RENEWAL)
                .orElse(InvoiceReason.OTHER);
        return new Fact.Breakdown(reason, 0, 0, 0, List.of(line));
    }

    private static EventContent content(RazorpayEvent event, SubscriptionStatus status) {
        var subscription = event.entity("subscription").required();
        var paidUntil = event.times().plannedSeconds(subscription.at("current_end"));
        var runsOut = status == SubscriptionStatus.EXPIRED && isAfter(paidUntil, event.occurredAt());
        var effectiveStatus = runsOut ? SubscriptionStatus.ACTIVE : status;
        var fact = new Fact.Subscription(
                        RazorpayEvent.id(subscription.at("id")),
                        effectiveStatus,
                        paidUntil,
                        Optional.empty(),
                        runsOut,
                        runsOut ? paidUntil : Optional.empty())
                .withPlan(subscription.at("plan_id").id());
        return EventContent.of(Ranks.of(status), fact)
                .and(event.notes("subscription"))
                .and(fact.skus());
    }

    /**
     * True where the paid period ends later. A subscription is complete with its last invoice, which may pay for a
     * period that ends in the future.
     */
    private static boolean isAfter(Optional<Instant> end, Instant now) {
        return end.filter(now::isBefore).isPresent();
    }

    private static List<Fact> plan(JsonField subscription) {
        return subscription.at("plan_id").id().stream()
                .map(plan -> (Fact) new Fact.Sku(plan))
                .toList();
    }

    private static SubscriptionStatus status(JsonField status) {
        return switch (status.glance().orElse("")) {
            // a mandate without a period yet; it may start later
            case "created", "authenticated" -> SubscriptionStatus.PENDING;
            case "active" -> SubscriptionStatus.ACTIVE;
            case "pending" -> SubscriptionStatus.PAST_DUE;
            case "halted" -> SubscriptionStatus.UNPAID;
            case "paused" -> SubscriptionStatus.PAUSED;
            case "cancelled" -> SubscriptionStatus.CANCELED;
            case "completed", "expired" -> SubscriptionStatus.EXPIRED;
            default -> throw Unknown.status(status);
        };
    }
}
